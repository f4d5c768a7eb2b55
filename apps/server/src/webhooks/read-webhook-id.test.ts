import fc from "fast-check";
import { expect, test } from "vitest";
import { readWebhookId } from "./read-webhook-id.ts";

async function* inPieces(text: string, pieceBytes: number) {
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
}

const idOf = (body: unknown, pieceBytes = 7) =>
  readWebhookId(inPieces(typeof body === "string" ? body : JSON.stringify(body), pieceBytes));

test.each([
  ["the first key", { id: "abc-e1", status: "COMPLETED" }],
  [
    "after a whole echoed input",
    { input: { id: "not this", list: [{ id: "nor this" }] }, id: "abc-e1" },
  ],
  ["beside texts with quotes and brackets", { note: 'a "quoted" {[ \\', id: "abc-e1", more: "}]" }],
])("the outermost id is found: %s", async (_where, body) => {
  expect(await idOf(body)).toBe("abc-e1");
  expect(await idOf(body, 1)).toBe("abc-e1");
});

test.each([
  ["no id", { status: "COMPLETED" }],
  ["an id within", { output: { id: "abc" } }],
  ["a number", { id: 7 }],
  ["129 characters", { id: "x".repeat(129) }],
  ["an escape", { id: 'a"b' }],
  ["a list", [{ id: "abc" }]],
  ["a list of words", ["id", "abc"]],
  ["a text", "id"],
  ["no JSON", 'id: abc, "id"'],
  ["nothing", ""],
])("%s gives none", async (_what, body) => {
  expect(await idOf(body)).toBeNull();
});

test("128 characters are an id", async () => {
  expect(await idOf({ id: "x".repeat(128) })).toBe("x".repeat(128));
});

test("more than 32 MB are not read on", async () => {
  let pieces = 0;
  async function* endless() {
    for (;;) {
      pieces += 1;
      yield new Uint8Array(8 * 1024 * 1024);
    }
  }
  expect(await readWebhookId(endless())).toBeNull();
  expect(pieces).toBe(5);
});

test("it agrees with a JSON parser on any object with plain texts", async () => {
  const plain = fc.stringMatching(/^[A-Za-z0-9 {}[\]:,-]{0,40}$/);
  const value = fc.oneof(plain, fc.integer(), fc.constant(null), fc.jsonValue());
  await fc.assert(
    fc.asyncProperty(
      fc.dictionary(fc.constantFrom("id", "a", "status", "input"), value),
      fc.integer({ min: 1, max: 20 }),
      async (body, pieceBytes) => {
        const { id } = body;
        const isPlain =
          typeof id === "string" && /^[\u0020-\u007e]*$/.test(id) && !/["\\]/.test(id);
        fc.pre(typeof id !== "string" || isPlain);
        expect(await idOf(body, pieceBytes)).toBe(isPlain && id.length <= 128 ? id : null);
      },
    ),
  );
});
