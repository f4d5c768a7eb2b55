import { expect, test } from "vitest";
import { isOurs } from "./is-ours.ts";

const SOURCE = "/studio/apps/server/src/simulator/main.ts";
const BUILD = "/studio/apps/server/dist/simulator/main.js";

test.each([
  [`node --conditions=ob-source ${SOURCE} --port 1`, SOURCE, true],
  [`node --conditions=ob-source ${SOURCE} --port 1`, BUILD, true],
  [`node ${BUILD}`, SOURCE, true],
  [`node ${BUILD}`, BUILD, true],
  ["node /studio/apps/server/dist/main.js", BUILD, false],
  [`node /other${BUILD}`, BUILD, false],
  [`less ${BUILD}.map`, BUILD, false],
  ["", BUILD, false],
])("%j runs %j: %j", (command, main, expected) => {
  expect(isOurs(command, main)).toBe(expected);
});
