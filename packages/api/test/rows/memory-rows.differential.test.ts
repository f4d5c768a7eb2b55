import { assets, type JobCreate, jobs, objectErasures, ownerCreateV1 } from "@ob/db";
import { createTestDatabase, type TestDatabase } from "@ob/db/testing";
import { assert, expect, inject, onTestFinished, test } from "vitest";
import { createSqlDriveRows } from "../../src/services/jobs/drive/sql-drive-rows.ts";
import { createMemoryDriveRows } from "../../src/testing/memory-rows/memory-drive-rows.ts";
import {
  createMemoryTables,
  type MemoryTables,
} from "../../src/testing/memory-rows/memory-tables.ts";
import { RowRefused } from "../../src/testing/memory-rows/row-refused.ts";
import { createSeededRandom, type SeededRandom } from "../../src/testing/seeded-random.ts";
import { plain, rowsInMemory, rowsInSql } from "./all-rows.ts";
import { drawOperation } from "./draw-operation.ts";
import type { DriveRows } from "../../src/services/jobs/drive/drive-rows.ts";

// The model of the rows that thousands of simulated worlds stand on must be PostgreSQL's equal: both
// get the same calls, lawful and unlawful, and every answer, refusal and row must be the same.

const START = Date.UTC(2026, 10, 22, 8);
const JOBS = 6;
const OPERATIONS = 160;

/** What a call came to: its answer, or the name of the constraint that refused it. */
async function outcomeOf(run: () => Promise<unknown>): Promise<unknown> {
  try {
    return { answer: (await run()) ?? null };
  } catch (error) {
    if (error instanceof RowRefused) return { refused: error.constraint };
    if (error instanceof Error && "constraint_name" in error) {
      return { refused: error.constraint_name };
    }
    throw error;
  }
}

class Twins {
  readonly #database: TestDatabase;
  readonly #tables: MemoryTables = createMemoryTables();
  readonly #random: SeededRandom;
  readonly sql: DriveRows;
  readonly memory: DriveRows;
  readonly #owners: string[] = [];
  readonly backend: string;
  #ids = 0;
  #now = START;

  constructor(database: TestDatabase, seed: number) {
    this.#database = database;
    this.#random = createSeededRandom(seed);
    this.#ids = seed * 10_000;
    this.backend = `runpod:${seed}`;
    this.sql = createSqlDriveRows(database);
    this.memory = createMemoryDriveRows(this.#tables);
  }

  newId = (): string => {
    this.#ids += 1;
    return `00000000-0000-4000-8000-${this.#ids.toString(16).padStart(12, "0")}`;
  };

  /** Two owners with pictures, and their jobs. */
  async populate(): Promise<void> {
    for (let n = 0; n < 2; n += 1) {
      const ownerId = this.newId();
      this.#owners.push(ownerId);
      await ownerCreateV1(this.#database.sql, {
        ownerId,
        kind: "guest",
        welcomeCredits: 40,
        address: null,
        grantsPerHour: 0,
        transferId: this.newId(),
        now: new Date(this.#now),
      });
      const empty = { lastSeq: 0, available: 40, held: 0, watchedUntil: null };
      this.#tables.owners.set(ownerId, empty);
      for (let made = 0; made < JOBS / 2; made += 1) await this.#create(ownerId);
    }
  }

  async #create(ownerId: string): Promise<void> {
    const imageAssetId = this.newId();
    const objectKey = `assets/${imageAssetId}.png`;
    await this.#database.db.insert(assets).values({
      id: imageAssetId,
      ownerId,
      kind: "image",
      width: 8,
      height: 8,
      bytes: 9,
      objectKey,
      contentType: "image/png",
      sha256: "0".repeat(64),
      previewKey: `${objectKey}.webp`,
      createdAt: new Date(this.#now),
    });
    this.#tables.assets.set(imageAssetId, { ownerId, kind: "image", objectKey });
    const request = jobRequest(this, { ownerId, imageAssetId, now: new Date(this.#now) });
    await this.both("create", (rows) => rows.create(request));
  }

  /** Makes one call on both, and compares. @returns whether it was answered */
  async both(name: string, run: (rows: DriveRows) => Promise<unknown>): Promise<boolean> {
    const inMemory = await outcomeOf(() => run(this.memory));
    const inSql = await outcomeOf(() => run(this.sql));
    assert.deepEqual(plain(inMemory), plain(inSql), `${name}, call ${this.#ids}`);
    return !JSON.stringify(inSql).includes('"refused"');
  }

  async step(): Promise<{ name: string; refused: boolean }> {
    if (this.#random.chance(0.4)) this.#now += this.#random.pick([1, 1_000, 20_000, 61_000]);
    if (this.#random.chance(0.06)) await this.#create(this.#random.pick(this.#owners));
    const operation = drawOperation(this.#random, {
      now: new Date(this.#now),
      jobs: [...this.#tables.jobs.values()],
      attempts: [...this.#tables.attempts.values()].flat(),
      newId: this.newId,
      backend: this.backend,
    });
    const answered = await this.both(operation.name, (rows) => operation.run(rows));
    return { name: operation.name, refused: !answered };
  }

  get delivered(): number {
    return this.#tables.results.size;
  }

  /** Every row of these owners, in both. */
  async compareRows(): Promise<void> {
    const { db } = this.#database;
    const inSql = await rowsInSql(db, this.#owners, [...this.#tables.jobs.keys()]);
    assert.deepEqual(plain(rowsInMemory(this.#tables)), plain(inSql));
  }
}

function jobRequest(
  twins: { newId: () => string; backend: string },
  o: { ownerId: string; imageAssetId: string; now: Date },
): JobCreate {
  const size = { width: 8, height: 8 };
  const whole = { x: 0, y: 0, ...size };
  const { imageAssetId } = o;
  const asked = {
    imageAssetId,
    extraImageAssetIds: [],
    maskAssetId: null,
    options: {},
    params: {},
  };
  return {
    ...o,
    jobId: twins.newId(),
    requestId: twins.newId(),
    requestHash: "hash",
    service: "qwen-image-edit",
    serviceVersion: "qwen-image-edit@1",
    mode: "fast",
    backend: twins.backend,
    credits: 3,
    input: { ...asked, prompt: null, ratio: "original", mode: "fast", seed: 7 },
    promptEn: "Make it blue.",
    plan: {
      version: 2,
      source: size,
      placed: whole,
      crop: whole,
      scaled: size,
      canvas: size,
      pad: {
        left: 0,
        top: 0,
        right: 0,
        bottom: 0,
      },
      output: size,
      mask: null,
    },
    extraAssetIds: [],
    maskAssetId: null,
    retryOf: null,
    transferId: twins.newId(),
    deadlineAt: new Date(o.now.getTime() + 300_000),
    rate: { limit: 1_000_000, windowMs: 60_000 },
    response: { status: "queued" },
  };
}

const sequences = Array.from({ length: 20 * inject("rounds") }, (_, n) => n + 1);

test(`the rows in memory answer, refuse and end as PostgreSQL's do (seeds 1 to ${sequences.length})`, async () => {
  const database = await createTestDatabase({ poolSize: 2 });
  onTestFinished(() => database.close());
  const answered = new Map<string, number>();
  let refused = 0;
  let delivered = 0;
  for (const seed of sequences) {
    const twins = new Twins(database, seed);
    await twins.populate();
    for (let n = 0; n < OPERATIONS; n += 1) {
      const done = await twins.step();
      answered.set(done.name, (answered.get(done.name) ?? 0) + 1);
      if (done.refused) refused += 1;
      if (n % 20 === 0) await twins.compareRows();
    }
    await twins.compareRows();
    delivered += twins.delivered;
    // The next sequence begins with its own jobs alone: claims look at all there are.
    await database.db.update(jobs).set({ dueAt: null });
    await database.db.delete(objectErasures);
  }
  expect(answered.size).toBe(10);
  expect(delivered).toBeGreaterThan(0);
  expect(refused).toBeGreaterThan(sequences.length);
});
