import type { OperatorJobsPage } from "@ob/api";
import { expect, test } from "vitest";
import { textOfJobs } from "./jobs-text.ts";

type Row = OperatorJobsPage["items"][number];

const ROW: Row = {
  id: "0b9d1c2e-1111-4222-8333-444455556666",
  ownerId: "o",
  serviceVersion: "qwen-image-edit@2",
  mode: "fast",
  backend: "runpod:abc",
  status: "storing",
  stage: "storing",
  progress: 1,
  credits: 3,
  errorCode: null,
  tries: 1,
  createdAt: new Date("2026-11-22T08:00:01.234Z"),
  finishedAt: null,
  dueAt: null,
  deadlineAt: new Date(0),
  collectBy: null,
  runpodJobId: null,
  lastFailure: `Error:\n  no space\t${"x".repeat(200)}`,
  storingFailures: 4,
  troubles: ["storing-fails", "overdue"],
};

test("a list for people is aligned, one line a job, whatever its failure says", () => {
  const waiting: Row = {
    ...ROW,
    status: "queued",
    stage: "waking",
    troubles: [],
    lastFailure: null,
  };
  const lines = textOfJobs({ items: [ROW, waiting], nextCursor: "abc" }).split("\n");
  expect(lines).toHaveLength(5);
  expect(lines[1]).toContain("2026-11-22 08:00:01  storing        qwen-image-edit@2");
  expect(lines[1]).toContain("storing-fails overdue  Error: no space xxx");
  expect(lines[2]).toContain("queued/waking  qwen-image-edit@2  runpod:abc");
  expect(lines[3]).toBe("2 jobs. More: --cursor abc");
  expect(textOfJobs({ items: [], nextCursor: null })).toMatch(/^job .*\n0 jobs\.\n$/);
});
