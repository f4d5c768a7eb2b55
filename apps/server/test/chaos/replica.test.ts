import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createCounters } from "./counters.ts";
import { createReplica, type OwnDeath, type Replica } from "./replica.ts";

/** Listens, and dies of itself when it gets SIGUSR2; with FAILPOINT it dies as a server does there. */
const SERVER = `
  process.on("SIGUSR2", () => {
    console.error("TypeError: cannot go on");
    process.exit(7);
  });
  setInterval(() => {}, 60_000);
  if (process.env.DIES_AT_BOOT) process.exit(8);
  console.log('{"event":"listening"}');
  if (process.env.FAILPOINT) {
    require("node:fs").writeSync(2, '{"event":"failpoint.reached"}\\n');
    process.kill(process.pid, "SIGKILL");
  }`;

let folder = "";
let replica: Replica;
let deaths: OwnDeath[] = [];
let counters = createCounters();

async function make(environment: Record<string, string> = {}): Promise<void> {
  deaths = [];
  counters = createCounters();
  const script = join(folder, "server.cjs");
  await writeFile(script, SERVER);
  replica = createReplica({
    name: "a",
    port: 1,
    args: [script],
    environment,
    logFile: join(folder, "a.log"),
    counters,
    onOwnDeath: (death) => void deaths.push(death),
  });
}

/** Never 0, which would be the whole group of ours. */
function pidOf({ pid }: Replica): number {
  const found = pid();
  if (found === null) throw new Error("it does not run");
  return found;
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "ob-replica-"));
  await make();
});

afterEach(async () => {
  await replica.kill();
  await rm(folder, { recursive: true });
});

test("a server that dies by itself is told of with its last words, and serves again", async () => {
  await replica.start();
  const pid = pidOf(replica);
  process.kill(pid, "SIGUSR2");
  expect(await replica.gone()).toBe("itself");
  expect(deaths).toMatchObject([{ name: "a", pid, code: 7, signal: null }]);
  expect(deaths[0]?.lastWords.stderr).toEqual(["TypeError: cannot go on"]);
  await replica.start();
  expect(replica.isServing()).toBe(true);
  expect(replica.pid()).not.toBe(pid);
});

test("a SIGKILL that came neither from us nor from its failpoint is a death of its own", async () => {
  await replica.start();
  process.kill(pidOf(replica), "SIGKILL");
  expect(await replica.gone()).toBe("itself");
  expect(deaths).toMatchObject([{ name: "a", code: null, signal: "SIGKILL" }]);
  expect(counters.kills).toEqual({});
});

test("what we kill or end is not, nor what dies at its failpoint", async () => {
  await replica.start();
  await replica.kill();
  expect(await replica.gone()).toBe("us");
  await replica.start();
  await replica.end();
  expect(await replica.gone()).toBe("us");
  await replica.start({ name: "job.created", nth: 1 });
  expect(await replica.gone()).toBe("its failpoint");
  expect(deaths).toEqual([]);
  expect(counters.kills).toEqual({ "at random": 1, "job.created": 1 });
});

test("one that never comes to listen is not started again for ever", async () => {
  await make({ DIES_AT_BOOT: "1" });
  await expect(replica.start()).rejects.toThrow("it ended (8)");
  await expect.poll(() => deaths.length).toBe(4);
  // Whatever was still to be done for it comes before this.
  await replica.kill();
  expect(deaths.length).toBe(4);
});
