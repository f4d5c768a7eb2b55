import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { setup } from "@ob/api/testing";
import { expect, onTestFinished, test } from "vitest";
import { createDoorbell, type SharedDoorbell } from "./doorbell.ts";

const LONG_MS = 30_000;
const NEVER_MS = 3_600_000;
const never = new AbortController().signal;

async function startTwo(slowPollMs: number) {
  const world = await setup({ poolSize: 4 });
  const { sql, log } = world.services;
  const open = async () => {
    const doorbell = await createDoorbell({ url: world.url, sql, log, slowPollMs });
    onTestFinished(() => doorbell.close());
    return doorbell;
  };
  return { world, ownerId: world.caller.ownerId, one: await open(), two: await open() };
}

test("a ring reaches listeners of this process and of others", async () => {
  const { ownerId, one, two } = await startTwo(NEVER_MS);
  const [here, there] = [one.listen(ownerId), two.listen(ownerId)];
  const stranger = two.listen("somebody else");
  one.ring(ownerId);
  expect(await here.next(LONG_MS, never)).toBe("rung");
  expect(await there.next(LONG_MS, never)).toBe("rung");
  expect(await stranger.next(0, never)).toBe("timeout");
});

test("a thousand rings at once cost few messages and reach everybody", async () => {
  const { ownerId, one, two } = await startTwo(NEVER_MS);
  const owners = [
    ownerId,
    ...Array.from({ length: 999 }, (_, n) => `owner-${n}-${"x".repeat(20)}`),
  ];
  const bells = owners.map((id) => two.listen(id));
  for (const id of owners) one.ring(id);
  const heard = await Promise.all(bells.map((bell) => bell.next(LONG_MS, never)));
  expect(heard.every((answer) => answer === "rung")).toBe(true);
});

test("without any message the slow poll finds what has happened", async () => {
  const { world, ownerId, two } = await startTwo(20);
  const bell = two.listen(ownerId);
  await bell.next(LONG_MS, never);
  // The job's own doorbell is the world's, which reaches nobody here.
  await world.createJob();
  expect(await bell.next(LONG_MS, never)).toBe("rung");
  const [owner] = await world.sql`select last_seq::int as seq from owners where id = ${ownerId}`;
  const present = two.listen(ownerId);
  present.saw(Number(owner?.["seq"]));
  // Whoever listens for the first time is rung: by then the poll has been round for the others too.
  const late = two.listen(ownerId);
  expect(await late.next(LONG_MS, never)).toBe("rung");
  expect(await bell.next(0, never)).toBe("timeout");
  expect(await present.next(0, never)).toBe("timeout");
});

test("a cut connection does not silence it", async () => {
  const { world, ownerId, one, two } = await startTwo(NEVER_MS);
  await world.sql`
    select pg_terminate_backend(pid, 30000) from pg_stat_activity
    where application_name = 'ob-doorbell' and datname = current_database()`;
  expect(await ringUntilHeard(one, two, ownerId)).toBe("heard");
});

test("a connection that died without a word is found out and made anew", async () => {
  const { world, ownerId, one } = await startTwo(NEVER_MS);
  const wire = await startWire(world.url);
  const { sql, log } = world.services;
  const options = { url: wire.url, sql, log, slowPollMs: NEVER_MS, pingMs: 200 };
  const far = await createDoorbell(options);
  onTestFinished(() => far.close());
  expect(await ringUntilHeard(one, far, ownerId)).toBe("heard");
  wire.freeze();
  expect(await ringUntilHeard(one, far, ownerId)).toBe("heard");
  expect(world.log.some(({ event }) => event === "doorbell.relistening")).toBe(true);
});

/** What is rung while nobody listens is lost here: the slow poll, which makes up for it, is off. */
async function ringUntilHeard(
  from: SharedDoorbell,
  to: SharedDoorbell,
  ownerId: string,
): Promise<"heard"> {
  const bell = to.listen(ownerId);
  do from.ring(ownerId);
  while ((await bell.next(50, never)) !== "rung");
  // What is still under way from here must not be taken for a later ring.
  while ((await bell.next(200, never)) === "rung");
  bell.close();
  return "heard";
}

/** A way to the database that can fall silent, as when a router forgets a connection. */
async function startWire(databaseUrl: string) {
  const { hostname, port } = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    for (const socket of [near, far]) sockets.add(socket.on("error", () => {}));
    near.pipe(far).pipe(near);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const url = new URL(databaseUrl);
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("it has no port");
  url.host = `127.0.0.1:${address.port}`;
  return {
    url: url.href,
    /** Connections made so far carry nothing any more, and do not end; new ones work. */
    freeze() {
      for (const socket of sockets) socket.unpipe().pause();
    },
  };
}
