import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { newUuid } from "../../shared/lib/new-uuid.ts";
import { MAX_UPLOAD_BYTES, readPhoto, type PhotoReader } from "./read-photo.ts";

const PHOTOS = new URL("../../../../../fixtures/photos/", import.meta.url);
const reader: PhotoReader = {
  decode: () => Promise.resolve({ width: 600, height: 400, close: () => undefined }),
  newId: () => "photo-1",
};
const broken: PhotoReader = { ...reader, decode: () => Promise.reject(new Error("truncated")) };
const fixture = async (name: string) => new Blob([await readFile(new URL(name, PHOTOS))]);

function pngHeader(width: number, height: number): Blob {
  const bytes = new Uint8Array(33);
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const view = new DataView(bytes.buffer);
  view.setUint32(16, width);
  view.setUint32(20, height);
  return new Blob([bytes]);
}

test.each([
  ["coffee.png", "image/png"],
  ["rocket.jpg", "image/jpeg"],
])("%s is taken for what it is, not for what it is called", async (name, contentType) => {
  const reading = await readPhoto({ blob: await fixture(name), name: "photo.txt" }, reader);
  expect(reading).toMatchObject({
    ok: true,
    photo: { id: "photo-1", contentType, width: 600, height: 400, name: "photo.txt" },
  });
});

test.each<[string, () => Blob | Promise<Blob>, string]>([
  ["an empty file", () => new Blob([]), "empty"],
  ["a text renamed .png", () => new Blob(["hello, this is text"]), "notPicture"],
  ["an SVG", () => new Blob(["<svg xmlns='http://www.w3.org/2000/svg'/>"]), "notPicture"],
  ["a HEIC photo", () => fixture("coffee.heic"), "heic"],
  ["a GIF", () => new Blob(["GIF89a..........."]), "animated"],
  ["a file over 25 MB", () => new Blob([new Uint8Array(MAX_UPLOAD_BYTES + 1)]), "tooLarge"],
  ["a PNG that claims 30,000 × 30,000", () => pngHeader(30_000, 30_000), "tooManyPixels"],
])("%s is refused with its own reason", async (_, blob, problem) => {
  const reading = await readPhoto({ blob: await blob(), name: "photo.png" }, reader);
  expect(reading).toEqual({ ok: false, problem });
});

test("an animated WebP is refused, a still one is taken", async () => {
  const webp = (flags: number) => {
    const bytes = new Uint8Array(32);
    bytes.set(Array.from("RIFF\0\0\0\0WEBPVP8X\n\0\0\0", (char) => char.charCodeAt(0)));
    bytes[20] = flags;
    return new Blob([bytes]);
  };
  const animated = await readPhoto({ blob: webp(0x02), name: "a.webp" }, reader);
  expect(animated).toEqual({ ok: false, problem: "animated" });
  expect((await readPhoto({ blob: webp(0x10), name: "a.webp" }, reader)).ok).toBe(true);
});

test("25 MB are 25,000,000 bytes, as the server counts", async () => {
  const head = new Uint8Array(await (await fixture("rocket.jpg")).arrayBuffer());
  const full = new Blob([head, new Uint8Array(25_000_000 - head.length)]);
  expect(full.size).toBe(MAX_UPLOAD_BYTES);
  expect((await readPhoto({ blob: full, name: "full.jpg" }, reader)).ok).toBe(true);
});

test("a picture the browser cannot decode is unreadable", async () => {
  const reading = await readPhoto({ blob: await fixture("rocket.jpg"), name: "r.jpg" }, broken);
  expect(reading).toEqual({ ok: false, problem: "unreadable" });
});

test("made ids are version 4 UUIDs", () => {
  expect(newUuid()).toMatch(
    /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  );
});
