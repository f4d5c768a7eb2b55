import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import type { TestProject } from "vitest/node";
import { startEmbeddedPostgres } from "../embedded.ts";
import { migrate } from "../migrate.ts";
import type {} from "./provided-context.ts";

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

  const admin = postgres(cluster.url, { max: 1, onnotice: () => {} });
  await admin`create database ${admin(TEMPLATE)}`;
  await admin.end();
  const templateUrl = new URL(cluster.url);
  templateUrl.pathname = `/${TEMPLATE}`;
  await migrate(templateUrl.href);

  project.provide("obDatabase", { clusterUrl: cluster.url, template: TEMPLATE });
  return async () => {
    await cluster.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}
