import { expect, test } from "vitest";
import { formatsFor, withFormat } from "./picture-format.ts";

test.each([
  [{ width: 16_383, height: 100 }, ["jpeg", "webp"]],
  [{ width: 100, height: 16_384 }, ["jpeg"]],
  [{ width: 65_501, height: 100 }, []],
])("a picture of %j is offered only in formats that can hold it: %j", (size, formats) => {
  expect(formatsFor(size)).toEqual(formats);
});

test("a download address keeps its signature and takes the format along", () => {
  expect(withFormat("https://x.test/files/a/b?name=c", "webp")).toBe(
    "https://x.test/files/a/b?name=c&format=webp",
  );
});
