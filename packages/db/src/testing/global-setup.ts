import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import type { TestProject } from "vitest/node";
import { startEmbeddedPostgres } from "../embedded.ts";
import { migrate } from "../migrate.ts";
import type {} from "./provided-context.ts";
import { makeSpareList, readSchemaMark } from "./spare-databases.ts";

const TEMPLATE = "ob_template";

/**
 * Starts one throw-away cluster for this vitest run, with a migrated template that every test
 * database is cloned from. Name this file in `test.globalSetup`.
 */
export default async function globalSetup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), "ob-test-"));
  // As root the cluster runs as another user, who must get through to it.
  await chmod(dataDir, 0o755);
  const lines: string[] = [];
  const cluster = await startEmbeddedPostgres({
    dataDir,
    durable: false,
    log: (line) => lines.push(line),
  }).catch((cause: unknown) => {
    throw new Error(`the test cluster did not start:\n${lines.join("\n")}`, { cause });
  });

  const end = async (): Promise<void> => {
    await cluster.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  let schema: string;
  try {
    schema = await makeTemplate(cluster.url);
  } catch (error) {
    // vitest does not tear down what failed to set up.
    await end();
    throw error;
  }
  project.provide("obDatabase", { clusterUrl: cluster.url, template: TEMPLATE, schema });
  return end;
}

/** @returns the mark of its schema */
async function makeTemplate(clusterUrl: string): Promise<string> {
  const admin = postgres(clusterUrl, { max: 1, onnotice: () => {} });
  try {
    await admin`create database ${admin(TEMPLATE)}`;
    await makeSpareList(admin);
  } finally {
    await admin.end();
  }
  const url = new URL(clusterUrl);
  url.pathname = `/${TEMPLATE}`;
  await migrate(url.href);
  const sql = postgres(url.href, { max: 1, onnotice: () => {} });
  try {
    return await readSchemaMark(sql);
  } finally {
    await sql.end();
  }
}
