import sharp, { type Sharp } from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pngBomb, pngChunk, withPngChunk } from "../test/bad-files.ts";
import { paintMask, photo, rawSamples } from "../test/fixtures.ts";
import { createImaging, MAX_UPLOAD_BYTES } from "./index.ts";
import { MAX_PNG_CHUNKS } from "./limits.ts";

const imaging = createImaging();
afterAll(() => imaging.close());

const PNG = { kind: "image", contentType: "image/png" } as const;
const JPEG = { kind: "image", contentType: "image/jpeg" } as const;
const MASK = { kind: "mask", contentType: "image/png" } as const;

let coffee: Uint8Array;
beforeAll(async () => {
  coffee = await photo("coffee.png");
});

const emptyChunks = (count: number) =>
  Buffer.concat(Array.from({ length: count }, () => pngChunk("tEXt", new Uint8Array())));
const text = (value: string) => new TextEncoder().encode(value);
async function animatedWebp(): Promise<Uint8Array> {
  const pages = await Promise.all(
    ["red", "blue"].map((background) =>
      sharp({ create: { width: 64, height: 64, channels: 3, background } })
        .png()
        .toBuffer(),
    ),
  );
  return sharp(pages, { join: { animated: true } })
    .webp()
    .toBuffer();
}
const asBuffer = (bytes: Uint8Array) => Buffer.from(bytes);

const REFUSED: { what: string; code: string; bytes: () => Promise<Uint8Array> | Uint8Array }[] = [
  { what: "0 bytes", code: "IMAGE_UNREADABLE", bytes: () => new Uint8Array() },
  {
    what: "text renamed .png",
    code: "IMAGE_UNREADABLE",
    bytes: () => text("hello, not a picture"),
  },
  { what: "HTML", code: "IMAGE_UNREADABLE", bytes: () => text("<html><script>1</script></html>") },
  {
    what: "a truncated JPEG",
    code: "IMAGE_UNREADABLE",
    bytes: async () => (await photo("rocket.jpg")).subarray(0, 60_000),
  },
  { what: "a truncated PNG", code: "IMAGE_UNREADABLE", bytes: () => coffee.subarray(0, 200_000) },
  { what: "a PNG's signature alone", code: "IMAGE_UNREADABLE", bytes: () => coffee.subarray(0, 8) },
  {
    what: "a truncated WebP",
    code: "IMAGE_UNREADABLE",
    bytes: async () => (await sharp(coffee).webp().toBuffer()).subarray(0, 9000),
  },
  { what: "a 30,000² PNG bomb", code: "IMAGE_TOO_MANY_PIXELS", bytes: () => pngBomb(30_000) },
  { what: "a PNG of 6,400²", code: "IMAGE_TOO_MANY_PIXELS", bytes: () => pngBomb(6400) },
  {
    what: "a byte more than 25 MB",
    code: "FILE_TOO_LARGE",
    bytes: () => new Uint8Array(MAX_UPLOAD_BYTES + 1),
  },
  {
    what: "exactly 25 MB of nothing",
    code: "IMAGE_UNREADABLE",
    bytes: () => new Uint8Array(25_000_000),
  },
  {
    what: "a PNG of empty chunks",
    code: "IMAGE_UNREADABLE",
    bytes: () => withPngChunk(coffee, emptyChunks(MAX_PNG_CHUNKS)),
  },
  {
    what: "SVG",
    code: "IMAGE_TYPE_UNSUPPORTED",
    bytes: () =>
      text(
        `<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="99" height="99"/>`,
      ),
  },
  { what: "GIF", code: "IMAGE_TYPE_UNSUPPORTED", bytes: () => text("GIF89a\x01\0\x01\0") },
  { what: "HEIC", code: "IMAGE_TYPE_UNSUPPORTED", bytes: () => photo("coffee.heic") },
  {
    what: "animated WebP",
    code: "IMAGE_TYPE_UNSUPPORTED",
    bytes: animatedWebp,
  },
  {
    what: "animated PNG",
    code: "IMAGE_TYPE_UNSUPPORTED",
    bytes: () => withPngChunk(coffee, pngChunk("acTL", new Uint8Array([0, 0, 0, 2, 0, 0, 0, 0]))),
  },
];

test.for(REFUSED)("$what is refused with $code", async ({ bytes, code }) => {
  await expect(imaging.decodeUpload(await bytes(), PNG)).rejects.toMatchObject({ code });
});

test("a claimed type that is none of the three is refused", async () => {
  const claim = { kind: "image", contentType: "image/svg+xml" } as const;
  await expect(imaging.decodeUpload(coffee, claim)).rejects.toMatchObject({
    code: "IMAGE_TYPE_UNSUPPORTED",
  });
});

test("a misnamed file is read as what its bytes are", async () => {
  const { width, height } = await imaging.decodeUpload(coffee, JPEG);
  expect([width, height]).toEqual([600, 400]);
});

test("the 12 MP photo comes out upright with nothing of its GPS position or camera", async () => {
  const file = await photo("coffee-12mp-rotated.jpg");
  expect((await sharp(file).metadata()).exif?.byteLength).toBeGreaterThan(0);
  const { png, preview, width, height } = await imaging.decodeUpload(file, JPEG);
  expect([width, height]).toEqual([4032, 3024]);
  for (const bytes of [png, preview]) {
    const { exif, xmp, iptc, icc, orientation, comments } = await sharp(bytes).metadata();
    expect([exif, xmp, iptc, icc, orientation, comments]).toEqual(Array(6).fill(undefined));
  }
  const { format, width: previewWidth } = await sharp(preview).metadata();
  expect([format, previewWidth]).toEqual(["webp", 1024]);
  // Upright means the same scene as the small picture it was cut and enlarged from.
  const [ours, upright, upsideDown] = await Promise.all([
    tiny(sharp(png)),
    tiny(sharp(coffee)),
    tiny(sharp(await sharp(coffee).rotate(180).toBuffer())),
  ]);
  expect(meanDifference(ours, upright)).toBeLessThan(12);
  expect(meanDifference(ours, upsideDown)).toBeGreaterThan(30);
});

function tiny(picture: Sharp): Promise<Buffer> {
  return picture.resize(40, 30, { fit: "cover" }).raw().toBuffer();
}

test("Display P3 colours become the sRGB ones, not a relabelled copy", async () => {
  const file = await photo("rocket-display-p3.jpg");
  const { png } = await imaging.decodeUpload(file, JPEG);
  const [ours, naive, truth] = await Promise.all([
    sharp(png).raw().toBuffer(),
    sharp(file, { ignoreIcc: true }).raw().toBuffer(),
    sharp(await photo("rocket.jpg"))
      .raw()
      .toBuffer(),
  ]);
  // P3's red is redder than sRGB's: read without its profile, the fire loses 4 levels of red on average.
  expect(Math.abs(meanRed(ours) - meanRed(truth))).toBeLessThan(0.5);
  expect(Math.abs(meanRed(naive) - meanRed(truth))).toBeGreaterThan(3);
});

function meanRed(rgb: Buffer): number {
  let sum = 0;
  for (let i = 0; i < rgb.length; i += 3) sum += rgb[i] ?? 0;
  return (sum * 3) / rgb.length;
}

test.for([
  { what: "palette", colour: [200, 100, 50], make: () => patch().png({ palette: true }) },
  { what: "16-bit", colour: [200, 100, 50], make: () => patch().toColourspace("rgb16").png() },
  { what: "grey", colour: [77, 77, 77], make: () => patch("#4d4d4d").toColourspace("b-w").png() },
  { what: "WebP", colour: [200, 100, 50], make: () => patch().webp({ lossless: true }) },
])("$what becomes 8-bit RGB with its colour", async ({ colour, make }) => {
  const { png } = await imaging.decodeUpload(await make().toBuffer(), PNG);
  expect([...png.subarray(24, 26)]).toEqual([8, 2]);
  const { data } = await rawSamples(png);
  for (const [c, expected] of colour.entries()) {
    expect(Math.abs((data[c] ?? 0) - expected)).toBeLessThanOrEqual(3);
  }
});

test("CMYK becomes RGB that still looks like the picture", async () => {
  const cmyk = await sharp(await photo("rocket.jpg"))
    .toColourspace("cmyk")
    .jpeg()
    .toBuffer();
  expect((await sharp(cmyk).metadata()).space).toBe("cmyk");
  const { png } = await imaging.decodeUpload(cmyk, JPEG);
  const [ours, before] = await Promise.all([png, await photo("rocket.jpg")].map(rawSamples));
  expect(ours?.channels).toBe(3);
  expect(meanDifference(ours?.data, before?.data)).toBeLessThan(15);
});

test("grey with alpha becomes RGBA and its alpha is kept", async () => {
  const bytes = await sharp(new Uint8Array([...Array(64 * 64)].flatMap((_, i) => [90, i % 256])), {
    raw: { width: 64, height: 64, channels: 2 },
  })
    .png()
    .toBuffer();
  const { png } = await imaging.decodeUpload(bytes, PNG);
  const { data, channels } = await rawSamples(png);
  expect(channels).toBe(4);
  expect([...data.subarray(40, 44)]).toEqual([90, 90, 90, 10]);
});

test("text chunks and bytes after the end do not survive", async () => {
  const secret = pngChunk("tEXt", text("Comment\0secret"));
  const bytes = Buffer.concat([withPngChunk(coffee, secret), text("<script>secret</script>")]);
  const { png } = await imaging.decodeUpload(bytes, PNG);
  expect(Buffer.from(png).includes("secret")).toBe(false);
});

test("a mask is flattened on black to its luminance, with bounds and coverage", async () => {
  const size = { width: 80, height: 64 };
  const white = { create: { ...size, channels: 3, background: "white" } } as const;
  const alpha = await paintMask(size, (x, y) => (x >= 10 && x < 30 && y >= 5 && y < 9 ? 128 : 0));
  const bytes = await sharp(white).joinChannel(asBuffer(alpha)).png().toBuffer();
  const { png, mask } = await imaging.decodeUpload(bytes, MASK);
  expect(mask).toEqual({
    bounds: { x: 10, y: 5, width: 20, height: 4 },
    coverage: (20 * 4) / (80 * 64),
  });
  expect([...png.subarray(24, 26)]).toEqual([8, 0]);
  const { data, channels } = await rawSamples(png);
  expect([data[0], data[(5 * 80 + 10) * channels]]).toEqual([0, 128]);
});

test("an empty mask has no bounds", async () => {
  const bytes = await paintMask({ width: 70, height: 70 }, () => 0);
  const { mask } = await imaging.decodeUpload(bytes, MASK);
  expect(mask).toEqual({ bounds: null, coverage: 0 });
});

test("a JPEG mask is refused, as its edges ring", async () => {
  const bytes = await sharp(coffee).jpeg().toBuffer();
  await expect(imaging.decodeUpload(bytes, MASK)).rejects.toMatchObject({
    code: "IMAGE_TYPE_UNSUPPORTED",
  });
});

test("libvips itself refuses every loader but the three", async () => {
  const svg = Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>`);
  await expect(sharp(svg).metadata()).rejects.toThrow(/unsupported image format/);
  await expect(sharp(asBuffer(await photo("coffee.heic"))).metadata()).rejects.toThrow(
    /unsupported image format/,
  );
});

function patch(background = "#c86432") {
  return sharp({ create: { width: 64, height: 64, channels: 3, background } });
}

function meanDifference(a: Buffer | undefined, b: Buffer | undefined): number {
  if (!a || !b || a.length !== b.length) return Number.POSITIVE_INFINITY;
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += Math.abs((a[i] ?? 0) - (b[i] ?? 0));
  return sum / a.length;
}
