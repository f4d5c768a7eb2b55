import { connect } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { readRefusal } from "@ob/api/client";
import { type ChaosUser, WELCOME_CREDITS } from "../chaos-user.ts";
import { type Episode, letWork, timesOf, whileAtWork } from "../stage.ts";

const PRICE = 3;

export const retryStorm: Episode = {
  name: "retry-storm",
  about: "one request id is sent fifty times at once, over connections that break",
  async run(stage) {
    const { studio } = stage;
    for (let round = 0; round < timesOf(stage, 1); round += 1) {
      const user = await stage.enter();
      const photo = await user.upload();
      const ordered = user.order(photo, { times: 50 });
      await pause(stage.dice.int(5, 60));
      studio.front.cutAll();
      const job = await ordered;
      const [count] = await studio.database.sql()<{ n: number }[]>`
        select count(*)::int as n from jobs where owner_id = (select owner_id from jobs where id = ${job.id})`;
      stage.demand(count?.n === 1, "one request id is one job", { jobId: job.id, detail: count });
      await user.follow(job.id);
    }
  },
};

export const lastCredits: Episode = {
  name: "last-credits",
  about: "thirty-two orders at once, and credits for six of them",
  async run(stage) {
    for (let round = 0; round < timesOf(stage, 1); round += 1) {
      const user = await stage.enter();
      const photo = await user.upload();
      const orders = await Promise.allSettled(Array.from({ length: 32 }, () => user.order(photo)));
      const taken = orders.filter(({ status }) => status === "fulfilled").length;
      const codes = orders.flatMap((order) =>
        order.status === "rejected"
          ? [readRefusal(order.reason)?.code ?? String(order.reason)]
          : [],
      );
      stage.studio.counters.refusedSpends += codes.length;
      stage.demand(
        taken === Math.floor(WELCOME_CREDITS / PRICE) &&
          codes.every((code) => code === "INSUFFICIENT_CREDITS"),
        "credits are spent once",
        { detail: { taken, codes: [...new Set(codes)] } },
      );
      for (const { jobId } of user.told) await user.follow(jobId);
    }
  },
};

export const clientsVanish: Episode = {
  name: "clients-vanish",
  about: "connections end in the middle of uploads and streams",
  async run(stage) {
    const { studio, dice } = stage;
    const crowd = letWork(stage, { users: 4, isEnough: (ordered) => ordered >= timesOf(stage, 2) });
    await whileAtWork(
      crowd,
      () => dice.int(20, 250),
      () => {
        for (const wire of studio.front.connections()) {
          const isStream = wire.label.includes("onUpdate");
          const isUpload = wire.label.startsWith("PUT");
          if ((!isStream && !isUpload) || dice.chance(0.4)) continue;
          studio.counters[isStream ? "streamsCut" : "uploadsCut"] += 1;
          wire.cut();
        }
      },
    );
  },
};

const STREAMS = 200;
const UPLOADS = 20;

export const sigtermInACrowd: Episode = {
  name: "sigterm-in-a-crowd",
  about: `a replica is told to end with ${STREAMS} streams and ${UPLOADS} uploads open on it`,
  async run(stage) {
    const { studio, dice } = stage;
    const [leaving] = dice.shuffle(studio.replicas);
    if (leaving === undefined) return;
    const direct = `http://127.0.0.1:${leaving.port}`;
    const user = await stage.enter();
    const photo = await user.upload();
    const job = await user.order(photo);
    const leave = new AbortController();
    const streams = Array.from({ length: STREAMS }, () => openStream(direct, user, leave.signal));
    await Promise.all(streams.map(({ opened }) => opened));
    const uploads = await Promise.all(
      Array.from({ length: UPLOADS }, () => openUpload(direct, user)),
    );
    const { code, ms } = await leaving.end();
    studio.counters.drainMs.push(ms);
    studio.counters.streamsCut += STREAMS;
    studio.counters.uploadsCut += UPLOADS;
    stage.demand(code === 0, "a server that is told to end ends by itself", {
      detail: { code, ms },
    });
    const ends = await Promise.all(streams.map(({ ended }) => ended));
    stage.demand(
      ends.every((end) => end === "ended"),
      "streams are ended, not cut",
      {
        detail: ends.filter((end) => end !== "ended").length,
      },
    );
    leave.abort();
    for (const socket of uploads) socket.destroy();
    await user.follow(job.id);
  },
};

/** All updates of one user, from one replica. */
function openStream(origin: string, user: ChaosUser, signal: AbortSignal) {
  const answer = fetch(`${origin}/api/trpc/jobs.onUpdate?input=${encodeURIComponent("{}")}`, {
    headers: { authorization: `Bearer ${user.token}` },
    signal,
  });
  const opened = answer.then(({ status }) => {
    if (status !== 200) throw new Error(`a stream answers ${status}`);
  });
  const ended = answer
    .then(async ({ body }) => {
      for await (const chunk of body ?? []) void chunk;
      return "ended";
    })
    .catch(() => "cut");
  return { opened, ended };
}

/** The first half of a PUT. */
async function openUpload(origin: string, user: ChaosUser) {
  const bytes = 100_000;
  const ticket = await user.promiseUpload(bytes);
  const { pathname } = new URL(ticket.url);
  const { port, host } = new URL(origin);
  const socket = connect(Number(port), "127.0.0.1");
  socket.on("error", () => {});
  const head = `PUT ${pathname} HTTP/1.1\r\nhost: ${host}\r\ncontent-type: image/png\r\ncontent-length: ${bytes}\r\n\r\n`;
  const written = Promise.withResolvers<void>();
  socket.write(Buffer.concat([Buffer.from(head), Buffer.alloc(bytes / 2)]), () =>
    written.resolve(),
  );
  await written.promise;
  return socket;
}

export const serverPaused: Episode = {
  name: "server-paused",
  about: "a replica stands still for longer than its leases; the other takes its jobs over",
  async run(stage) {
    const { studio, dice } = stage;
    let pauses = 0;
    const crowd = letWork(stage, {
      users: 4,
      isEnough: (done) => done > 0 && pauses >= timesOf(stage, 1),
    });
    await whileAtWork(
      crowd,
      () => dice.int(400, 1_500),
      async () => {
        if (pauses >= timesOf(stage, 1)) return;
        const replica = dice.pick(studio.replicas);
        replica.pause();
        studio.counters.serverPauses += 1;
        await pause(8_000);
        replica.resume();
        pauses += 1;
      },
    );
  },
};
