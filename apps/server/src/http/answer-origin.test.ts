import { expect, test } from "vitest";
import { answerOrigin } from "./answer-origin.ts";

const publicOrigin = "https://studio.example";

test.each([
  ["a loopback caller sees its own host", "127.0.0.1:3000", false, "http://127.0.0.1:3000"],
  ["a loopback name too", "localhost:5173", false, "http://localhost:5173"],
  ["a foreign Host header changes nothing", "evil.example", false, publicOrigin],
  ["a Host header with a path changes nothing", "localhost/evil", false, publicOrigin],
  ["a Host header with credentials changes nothing", "localhost@evil.example", false, publicOrigin],
  ["no Host header", null, false, publicOrigin],
  ["in production only PUBLIC_URL counts", "localhost:3000", true, publicOrigin],
])("%s", (_name, host, production, expected) => {
  expect(answerOrigin({ host, publicOrigin, production })).toBe(expected);
});
