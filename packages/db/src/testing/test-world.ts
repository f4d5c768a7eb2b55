import { afterAll, beforeAll } from "vitest";
import type { Sql } from "../client.ts";
import {
  createTestDatabase,
  type TestDatabase,
  type TestDatabaseOptions,
} from "./create-test-database.ts";
import { createWorld, type World } from "./create-world.ts";

/** What the tests of a file work with. */
export interface WorldTest {
  readonly database: TestDatabase;
  readonly sql: Sql;
  readonly world: World;
}

/** Opens one database for the file with a world in it; closing it shows that every invariant holds. */
export function testWorld(
  options: TestDatabaseOptions,
  /** Takes the parts before the first test begins. */
  onOpen: (parts: WorldTest) => void | Promise<void>,
): void {
  let database: TestDatabase | null = null;
  beforeAll(async () => {
    database = await createTestDatabase(options);
    const { sql } = database;
    await onOpen({ database, sql, world: createWorld(sql) });
  });
  afterAll(() => database?.close());
}
