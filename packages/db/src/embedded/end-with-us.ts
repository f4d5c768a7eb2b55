import { spawn } from "node:child_process";
import { Socket } from "node:net";

/**
 * Ends `pid` when our own process ends, even by kill -9: a shell that waits on a pipe only we hold.
 * For throw-away clusters; a durable one is meant to outlive us.
 * @returns stops watching
 */
export function endWithUs(pid: number): () => void {
  const watchdog = spawn("/bin/sh", ["-c", 'read -r _; kill -QUIT "$1"', "sh", String(pid)], {
    cwd: "/",
    env: {},
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  watchdog.on("error", () => {});
  watchdog.stdin.on("error", () => {});
  watchdog.unref();
  if (watchdog.stdin instanceof Socket) watchdog.stdin.unref();
  return () => watchdog.kill("SIGKILL");
}
