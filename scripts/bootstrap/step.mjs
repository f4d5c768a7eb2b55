import { spawn } from "node:child_process";
import { constants } from "node:os";

/** A step that could not be done; its message is all a reader needs. */
export class StepFailed extends Error {}

/**
 * Runs one tool in its own process group, so that a signal to us ends all of it before we end.
 * Output goes to stderr: `quiet` keeps it back until the step fails.
 * @returns the exit code.
 */
export function runStep(command, args, { cwd, env, quiet = false }) {
  return new Promise((resolve, reject) => {
    const output = quiet ? "pipe" : 2;
    const stdio = ["ignore", output, output];
    // Listening comes first: a signal that arrives during the spawn must find a listener.
    const { release, watch } = endWithUs();
    const child = spawn(command, args, { cwd, env, detached: true, stdio });
    watch(child);
    const said = [];
    for (const stream of [child.stdout, child.stderr])
      stream?.on("data", (chunk) => said.push(chunk));
    child.once("error", (error) => {
      release();
      reject(new StepFailed(`${command} could not be started: ${error.message}`));
    });
    child.once("close", (code) => {
      release();
      if (code !== 0) process.stderr.write(Buffer.concat(said));
      resolve(code ?? 1);
    });
  });
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"];

/** From now until released, a signal to us ends the watched child's whole group first and then us. */
function endWithUs() {
  let watched = null;
  const onSignal = (signal) => {
    killGroup(watched?.pid, "SIGTERM");
    const force = setTimeout(() => killGroup(watched?.pid, "SIGKILL"), 3_000);
    watched?.once("close", () => {
      clearTimeout(force);
      killGroup(watched.pid, "SIGKILL");
      process.exit(128 + constants.signals[signal]);
    });
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  return {
    watch: (child) => {
      watched = child;
    },
    release: () => {
      for (const signal of SIGNALS) process.off(signal, onSignal);
    },
  };
}

function killGroup(pid, signal) {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // The group is gone already.
  }
}
