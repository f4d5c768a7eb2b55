import { type Episode, letWork, timesOf, whileAtWork } from "../stage.ts";

export const databaseKilled: Episode = {
  name: "database-killed",
  about: "PostgreSQL and all its children are killed and started again, while people work",
  async run(stage) {
    const { studio, dice } = stage;
    let kills = 0;
    const crowd = letWork(stage, {
      users: 3,
      isEnough: (done) => done > 0 && kills >= timesOf(stage, 2),
    });
    await whileAtWork(
      crowd,
      () => dice.int(500, 2_500),
      async () => {
        if (kills >= timesOf(stage, 2)) return;
        await studio.database.killAndRestart();
        kills += 1;
      },
    );
  },
};

/** For one chunk. */
const KILLS = 20;

export const databaseKillRounds: Episode = {
  name: "database-kill-rounds",
  about: `PostgreSQL is killed ${KILLS} times while a crowd works, half the time its postmaster alone`,
  async run(stage) {
    const { studio, dice } = stage;
    let kills = 0;
    const crowd = letWork(stage, { users: 6, isEnough: (done) => done > 0 && kills >= KILLS });
    await whileAtWork(
      crowd,
      () => dice.int(300, 2_000),
      async () => {
        if (kills >= KILLS) return;
        const alone = dice.chance(0.5);
        const backMs = await studio.database.killAndRestart({ alone });
        studio.note(`PostgreSQL was killed${alone ? ", its postmaster alone" : ""}: ${backMs} ms`);
        kills += 1;
      },
    );
  },
};

export const databasePaused: Episode = {
  name: "database-paused",
  about: "PostgreSQL stands still for ten seconds: longer than a lease",
  async run(stage) {
    const { studio, dice } = stage;
    let pauses = 0;
    const crowd = letWork(stage, { users: 3, isEnough: (done) => done > 0 && pauses > 0 });
    await whileAtWork(
      crowd,
      () => dice.int(500, 1_500),
      async () => {
        if (pauses > 0) return;
        await studio.database.pause(10_000);
        pauses += 1;
      },
    );
  },
};

export const sessionsEnded: Episode = {
  name: "sessions-ended",
  about: "every session with PostgreSQL is ended by the other side, several times in a row",
  async run(stage) {
    const { studio, dice } = stage;
    let rounds = 0;
    const isOver = () => rounds >= timesOf(stage, 8);
    const crowd = letWork(stage, { users: 3, isEnough: (ordered) => ordered > 0 && isOver() });
    await whileAtWork(
      crowd,
      () => dice.int(100, 2_000),
      async () => {
        // For ever would be too much for anybody: no step would come to its end.
        if (isOver()) return;
        await studio.database.terminateSessions();
        rounds += 1;
      },
    );
  },
};

export const commitsCut: Episode = {
  name: "commits-cut",
  about:
    "the wire breaks just after a COMMIT or a step of a job was passed on: nobody hears whether it was",
  async run(stage) {
    const { studio, dice } = stage;
    const before = studio.databaseWire.cutsAfter();
    const crowd = letWork(stage, {
      users: 3,
      isEnough: (ordered) =>
        ordered >= 2 && studio.databaseWire.cutsAfter() - before >= timesOf(stage, 10),
    });
    const hot = /commit|job_create_v|job_apply_v|attempt_intend_v|attempt_apply_v/i;
    // Not every time: a step that always fails waits longer and longer.
    const isHit = (chunk: Buffer) => hot.test(chunk.toString("latin1")) && dice.chance(0.4);
    await whileAtWork(
      crowd,
      () => dice.int(50, 800),
      () => {
        const isOver = studio.databaseWire.cutsAfter() - before >= timesOf(stage, 10);
        studio.databaseWire.cutAfter(isHit, isOver ? 0 : 1);
      },
    );
    const cut = studio.databaseWire.cutsAfter() - before;
    studio.counters.commitsCut += cut;
  },
};

/** Open connections go silent; a service that never asks whether they live waits on them for ever. */
export const wireSilenced: Episode = {
  name: "wire-silenced",
  about: "open connections with PostgreSQL fall silent, and neither side is told; new ones pass",
  async run(stage) {
    const { studio } = stage;
    let silences = 0;
    const crowd = letWork(stage, {
      users: 3,
      isEnough: (done) => done > 0 && silences >= timesOf(stage, 1),
    });
    await whileAtWork(
      crowd,
      () => 2_000,
      () => {
        if (silences >= timesOf(stage, 1)) return;
        studio.counters.databaseConnectionsSilenced += studio.databaseWire.silence();
        silences += 1;
      },
    );
  },
};
