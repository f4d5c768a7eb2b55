import { Buffer } from "node:buffer";

import fc from "fast-check";
import { describe, expect, test } from "vitest";

import type { WantedPictures } from "./backend.ts";
import { fetchPictures, readOutput } from "./fetch-pictures.ts";
import { describeOutput, outputFileNames, readContents } from "./output.ts";

const PNG = Buffer.from("89504e470d0a1a0a0000000d49484452", "hex");
const JPEG = Buffer.from("ffd8ffe000104a46494600010101004800480000", "hex");
const WEBP = Buffer.from("524946462400000057454250565038200000", "hex");
const b64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");
const image = (data: string, type = "base64") => ({
  images: [{ filename: "p_00001_.png", type, data }],
});
const want: WantedPictures = { filePrefix: "p", maxBytes: 1_000_000 };
const link = "https://bucket.test/a/p_00001_.png?X-Amz-Signature=s3cr3t";

/** Reads with a bucket that has one picture behind every link. */
async function read(output: unknown, over: Partial<WantedPictures> = {}) {
  const fetched: string[] = [];
  const reading = await fetchPictures(output, { ...want, ...over }, async (url) => {
    fetched.push(url);
    return { kind: "fetched", bytes: WEBP, type: "image/webp" };
  });
  return { reading, fetched };
}

const PictureBytes = fc
  .tuple(fc.constantFrom(PNG, JPEG, WEBP), fc.uint8Array({ maxLength: 400 }))
  .map(([start, rest]) => Buffer.concat([start, rest]));

test("of many links only the first four are followed", async () => {
  const names = Array.from({ length: 100 }, (_, n) => `p_${n}_.png`);
  const images = names.map((filename) => ({
    filename,
    type: "s3_url",
    data: `${link}&n=${filename}`,
  }));
  const { reading, fetched } = await read({ images });
  expect(fetched).toEqual(images.slice(0, 4).map(({ data }) => data));
  if (reading.kind !== "images") throw new Error(`The reading was ${reading.kind}.`);
  expect(reading.images.map(({ filename }) => filename)).toEqual(names.slice(0, 4));
});

describe("a picture inside the output", () => {
  test("comes back byte for byte, in every shape, with or without a data URI", async () => {
    await fc.assert(
      fc.asyncProperty(
        PictureBytes,
        fc.constantFrom("", "data:image/png;base64,"),
        async (bytes, uri) => {
          const data = uri + bytes.toString("base64");
          const shapes: [unknown, string][] = [
            [image(data), "p_00001_.png"],
            [image(data, "unknown-type"), "p_00001_.png"],
            [{ images: [{ filename: "p_00001_.png", image: data }] }, "p_00001_.png"],
            [{ message: data, status: "success" }, ""],
            [{ image: data }, ""],
            [{ image: [data] }, ""],
            [{ image_base64: data }, ""],
            [{ images: [data] }, ""],
            [data, ""],
            [[data], ""],
            [[{ image: data }], ""],
          ];
          for (const [output, filename] of shapes) {
            const expected = { kind: "images", images: [{ filename, bytes }] };
            expect((await read(output)).reading).toEqual(expected);
            expect(readOutput(output)).toEqual(expected);
            expect(describeOutput(output)).toEqual({ kind: "pictures" });
          }
        },
      ),
    );
  });

  test("counts although errors stand beside it", async () => {
    const output = { ...image(b64(PNG)), errors: ["one node produced unhandled output keys"] };
    expect((await read(output)).reading.kind).toBe("images");
  });

  test("is bounded before it is decoded", async () => {
    const bytes = Buffer.concat([PNG, Buffer.alloc(1_000)]);
    const exact = await read(image(b64(bytes)), { maxBytes: bytes.byteLength });
    expect(exact.reading.kind).toBe("images");
    const over = await read(image(b64(bytes)), { maxBytes: bytes.byteLength - 1 });
    expect(over.reading).toEqual({
      kind: "unreadable",
      reason: `A picture is larger than ${bytes.byteLength - 1} bytes.`,
    });
  });

  test("shares its bound with the others of the same output", async () => {
    const three = [1, 2, 3].map((n) => ({
      filename: `p_${n}.png`,
      data: b64(PNG),
      type: "base64",
    }));
    const { reading } = await read({ images: three }, { maxBytes: 2 * PNG.byteLength });
    expect(reading).toMatchObject({
      kind: "images",
      images: [{ filename: "p_1.png" }, { filename: "p_2.png" }],
    });
  });
});

describe("a link", () => {
  test.each([
    ["images of type s3_url", image(link, "s3_url"), "p_00001_.png"],
    ["an old worker's message", { message: link, status: "success" }, "p_00001_.png"],
    ["output.url", { url: link }, "p_00001_.png"],
    ["image_url", { image_url: link }, "p_00001_.png"],
    ["result_url", { result_url: link }, "p_00001_.png"],
    ["image", { image: link }, "p_00001_.png"],
    ["image_base64", { image_base64: link }, "p_00001_.png"],
    ["links", { links: [link], total_images: 1 }, "p_00001_.png"],
    ["a bare text", link, "p_00001_.png"],
    ["a list", [link], "p_00001_.png"],
    ["a list of objects", [{ url: link }], "p_00001_.png"],
    ["the bucket's own name", { url: "https://bucket.test/job/1a2b3c4d.png" }, ""],
  ])("is followed: %s", async (_, output, filename) => {
    const { reading, fetched } = await read(output);
    expect(reading).toEqual({ kind: "images", images: [{ filename, bytes: WEBP }] });
    expect(fetched).toHaveLength(1);
    expect(readOutput(output).kind).toBe("unreadable");
  });

  test("names its file for whoever asks whose output it is", () => {
    expect(outputFileNames({ url: link })).toEqual(["p_00001_.png"]);
    expect(outputFileNames(image(b64(PNG)))).toEqual(["p_00001_.png"]);
    expect(outputFileNames({ message: b64(PNG), status: "success" })).toEqual([]);
  });

  test("that is refused makes the output unreadable, with the reason", async () => {
    const reading = await fetchPictures(image(link), want, async () => ({
      kind: "refused",
      reason: "It is not https.",
    }));
    expect(reading).toEqual({ kind: "unreadable", reason: "It is not https." });
  });
});

describe("among several pictures", () => {
  const foreign = { filename: "somebody-else_00001_.png", type: "s3_url", data: link };

  test("ours is taken, and nobody else's is even fetched", async () => {
    const ours = { filename: "p_00001_.png", type: "base64", data: b64(PNG) };
    const { reading, fetched } = await read({ images: [foreign, ours] });
    expect(reading).toEqual({ kind: "images", images: [{ filename: "p_00001_.png", bytes: PNG }] });
    expect(fetched).toEqual([]);
  });

  test("none is taken when all bear other names", async () => {
    const { reading, fetched } = await read({ images: [foreign] });
    expect(reading.kind).toBe("unreadable");
    expect(fetched).toEqual([]);
  });

  test("a broken one does not take away the others", async () => {
    const broken = { filename: "p_00001_.png", type: "base64", data: `${b64(PNG)}!!` };
    const fine = { filename: "p_00002_.png", type: "base64", data: b64(JPEG) };
    expect((await read({ images: [broken, fine] })).reading).toEqual({
      kind: "images",
      images: [{ filename: "p_00002_.png", bytes: JPEG }],
    });
  });
});

test.each([
  ["no output", undefined],
  ["null", null],
  ["an empty text", ""],
  ["an empty object", {}],
  ["an empty list", []],
  ["success_no_images", { status: "success_no_images", images: [] }],
])("%s is nothing", async (_, output) => {
  expect((await read(output)).reading).toEqual({ kind: "nothing" });
});

test.each([
  ["text that is not base64", image("not base64!")],
  ["base64 of something else", image("SGVsbG8gd29ybGQsIHRoaXMgaXMgdGV4dA==")],
  ["an empty picture", image("")],
  ["a cut-off picture", image(`${b64(PNG)}B`)],
  [
    "base64 of the URL alphabet",
    image(b64(Buffer.concat([PNG, Buffer.alloc(6, 255)])).replaceAll("/", "_")),
  ],
  ["a link of another scheme", image("file:///etc/passwd", "s3_url")],
  ["an image without data", { images: [{ filename: "a", type: "base64" }] }],
  ["an old worker's error", { status: "error", message: b64(PNG) }],
  ["an error in the output", { error: "boom" }],
  ["a progress message", { type: "progress", value: 1, max: 4 }],
  ["paths on a volume", { prompt_id: "a", files: ["/runpod-volume/p.png"], file_count: 1 }],
  ["more pictures than any graph saves", { images: Array.from({ length: 101 }, () => b64(PNG)) }],
])("%s is unreadable, with a short reason", async (_, output) => {
  const { reading, fetched } = await read(output);
  expect(reading.kind).toBe("unreadable");
  expect(JSON.stringify(reading).length).toBeLessThan(300);
  expect(fetched).toEqual([]);
});

test("any JSON at all is a reading whose reason tells nothing of what the output holds", async () => {
  const secret = "kittens in the garden";
  await fc.assert(
    fc.asyncProperty(fc.jsonValue(), fc.constantFrom("", secret), async (value, text) => {
      const outputs: unknown[] = [
        value,
        { [`${text} `]: value },
        { a: [value, text] },
        [text, value],
      ];
      for (const output of outputs) {
        const { reading } = await read(output);
        expect(["images", "nothing", "unreadable"]).toContain(reading.kind);
        expect(JSON.stringify(reading)).not.toContain(secret);
        expect(readContents(output).kind === "nothing").toBe(reading.kind === "nothing");
      }
    }),
  );
});
