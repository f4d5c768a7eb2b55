import type { SqlRunner } from "../client.ts";

/** What the queries may need besides the database. */
export interface InvariantContext {
  now: Date;
  /** Liveness is counted from no earlier than this; null = from whenever the rows say. */
  serverStartedAt: Date | null;
  /** SHA-256 (hex) of a stored object, null when there is none; null = objects are not looked at. */
  objectSha256: ((objectKey: string) => Promise<string | null>) | null;
}

/** One rule of the lifecycle page, as a query that must return no row. */
export interface Invariant {
  /** Its number on the lifecycle page. */
  readonly number: number;
  readonly title: string;
  /** The rows that break it, each with what is needed to find the cause. */
  find(sql: SqlRunner, context: InvariantContext): Promise<object[]>;
  /** Looks again, after the snapshot, at what was found: what is no violation now never was one. */
  confirm?(sql: SqlRunner, violations: readonly object[]): Promise<object[]>;
}
