import type { OutputImage, OutputReading, WantedPictures } from "./backend.ts";
import { base64Bytes, decodeBase64 } from "./decode-base64.ts";
import type { FetchedFile } from "./fetch-file.ts";
import { fileNameOfUrl, type PictureSource, readContents } from "./output.ts";

/** One graph of ours saves one picture; whoever lists many links wants them fetched for its own ends. */
const MOST_LINKS = 4;

/** Downloads one link of at most `maxBytes`. @throws {GpuUnavailable} when it may be had later */
export type FetchLink = (url: string, maxBytes: number) => Promise<FetchedFile>;

/**
 * Takes the wanted pictures out of a COMPLETED job's output: those that bear our file prefix or, where
 * no file is named, those that bear no name. A picture under somebody else's name is never taken.
 * @throws what `fetchLink` throws
 */
export async function fetchPictures(
  output: unknown,
  want: WantedPictures,
  fetchLink: FetchLink,
): Promise<OutputReading> {
  const contents = readContents(output);
  if (contents.kind !== "pictures") return contents;
  const sources = chooseOurs(contents.sources, want.filePrefix);
  if (sources.length === 0) return unreadable("No picture bears our file prefix.");
  const images: OutputImage[] = [];
  const reasons: string[] = [];
  let leftBytes = want.maxBytes;
  let links = 0;
  for (const source of sources) {
    if (source.kind === "url") links += 1;
    if (links > MOST_LINKS) break;
    const read = await readSource(source, leftBytes, fetchLink);
    if (typeof read === "string") reasons.push(read);
    else {
      leftBytes -= read.byteLength;
      images.push({ filename: nameOf(source, want.filePrefix), bytes: read });
    }
  }
  return images.length > 0 ? { kind: "images", images } : unreadable(reasons[0] ?? "");
}

/** Reads the pictures that stand in the output itself; links are not followed. */
export function readOutput(output: unknown): OutputReading {
  const contents = readContents(output);
  if (contents.kind !== "pictures") return contents;
  const reads = contents.sources.map((source) =>
    source.kind === "url"
      ? "The picture is a link."
      : { filename: source.filename, bytes: decode(source.data, Number.POSITIVE_INFINITY) },
  );
  const images = reads.flatMap((read) =>
    typeof read === "string" || typeof read.bytes === "string"
      ? []
      : [{ filename: read.filename, bytes: read.bytes }],
  );
  if (images.length > 0) return { kind: "images", images };
  const [first] = reads;
  return unreadable(typeof first === "string" ? first : String(first?.bytes));
}

function chooseOurs(sources: readonly PictureSource[], filePrefix: string): PictureSource[] {
  const ours = sources.filter((source) => nameOf(source, filePrefix).startsWith(filePrefix));
  return ours.length > 0 ? ours : sources.filter(({ filename }) => filename === "");
}

// A bucket gives its own names to what it holds, so a link's name counts only if it is ours.
function nameOf(source: PictureSource, filePrefix: string): string {
  if (source.filename !== "" || source.kind !== "url") return source.filename;
  const name = fileNameOfUrl(source.url);
  return name.startsWith(filePrefix) ? name : "";
}

/** The bytes, or why there are none. */
async function readSource(
  source: PictureSource,
  maxBytes: number,
  fetchLink: FetchLink,
): Promise<Uint8Array | string> {
  if (source.kind === "base64") return decode(source.data, maxBytes);
  const fetched = await fetchLink(source.url, maxBytes);
  return fetched.kind === "fetched" ? fetched.bytes : fetched.reason;
}

function decode(data: string, maxBytes: number): Uint8Array | string {
  if (base64Bytes(data) > maxBytes + 2) return `A picture is larger than ${maxBytes} bytes.`;
  const bytes = decodeBase64(data);
  if (bytes === null) return "An image is not base64.";
  return bytes.byteLength > maxBytes ? `A picture is larger than ${maxBytes} bytes.` : bytes;
}

function unreadable(reason: string): OutputReading {
  return { kind: "unreadable", reason };
}
