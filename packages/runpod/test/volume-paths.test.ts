import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { keyOfVolumePath } from "../src/volume/volume-layout.ts";
import { simulatedVolume } from "./support/simulated-volume.ts";

const signal = new AbortController().signal;

describe("a path on a worker", () => {
  const part = fc
    .string({ unit: "grapheme", minLength: 1, maxLength: 12 })
    .filter(
      (text) => !/[/\\\p{Cc}]/u.test(text) && text !== "." && text !== ".." && text.isWellFormed(),
    );

  test("on either mount is the key it shows", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("/runpod-volume/", "/workspace/"),
        fc.array(part, { minLength: 1, maxLength: 5 }),
        (mount, parts) => {
          expect(keyOfVolumePath(mount + parts.join("/"))).toBe(parts.join("/"));
        },
      ),
    );
  });

  test("that is anything else is refused, however it is written", () => {
    const bad = fc.oneof(
      fc.constantFrom("", ".", "..", "\\", "a\\b", "a\0", "\n", "\u0085", "\ud800"),
      part.map((text) => `${text}\t`),
    );
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 3 }),
        bad,
        fc.array(part, { maxLength: 3 }),
        (a, b, c) => {
          const inside = [...a, b, ...c].join("/");
          expect(keyOfVolumePath(`/runpod-volume/${inside}`)).toBeNull();
        },
      ),
    );
    fc.assert(
      fc.property(fc.string(), (text) => {
        const key = keyOfVolumePath(text);
        expect(key === null || /^\/(runpod-volume|workspace)\/./.test(text)).toBe(true);
      }),
    );
    for (const path of [
      "/etc/passwd",
      "/runpod-volumes/a",
      "/workspace",
      "workspace/a",
      "//workspace/a",
    ]) {
      expect(keyOfVolumePath(path)).toBeNull();
    }
    expect(keyOfVolumePath(`/workspace/${"ก".repeat(400)}`)).toBeNull();
  });

  test("leads to the file it names, whatever stands in the name", async () => {
    await using it = await simulatedVolume();
    await fc.assert(
      fc.asyncProperty(part, async (name) => {
        it.simulator.volume.write(`ob/out/ob-x${name}`, Buffer.from(name));
        const output = { files: [`/runpod-volume/ob/out/ob-x${name}`] };
        const reading = await it.client.fetchPictures(
          output,
          { filePrefix: "ob-x", maxBytes: 999 },
          signal,
        );
        if (reading.kind !== "images") throw new Error(`The output was ${reading.kind}.`);
        expect(Buffer.from(reading.images[0]?.bytes ?? []).toString()).toBe(name);
      }),
      { numRuns: 60 },
    );
  });
});
