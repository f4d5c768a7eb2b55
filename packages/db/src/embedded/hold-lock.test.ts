import { spawn } from "node:child_process";
import { once } from "node:events";
import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { holdLock } from "./hold-lock.ts";

async function held(name: string) {
  const lock = await holdLock(name);
  if (lock.kind !== "held") throw new Error("the lock is taken");
  return lock;
}

test("a second taker gets the note of the first, and the lock once it is released", async () => {
  const name = randomUUID();
  const first = await held(name);
  first.setNote("http://localhost:3000");
  expect(await holdLock(name)).toEqual({ kind: "taken", note: "http://localhost:3000" });
  await first.release();
  await (await held(name)).release();
});

test("locks of different names do not meet", async () => {
  const one = await held(randomUUID());
  expect((await holdLock(randomUUID())).kind).toBe("held");
  await one.release();
});

test("kill -9 of the holder frees the lock", async () => {
  const name = randomUUID();
  const script = `
    import { holdLock } from ${JSON.stringify(new URL("./hold-lock.ts", import.meta.url).href)};
    await holdLock(${JSON.stringify(name)});
    console.log("held");
    setInterval(() => {}, 60_000);
  `;
  const holder = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(holder.stdout, "data");
  expect((await holdLock(name)).kind).toBe("taken");
  holder.kill("SIGKILL");
  await once(holder, "exit");
  await (await held(name)).release();
});
