import { GpuUnavailable } from "../errors.ts";
import { callVolume, type VolumeAnswer, type VolumeSide } from "./volume-calls.ts";

/** An object as a listing tells of it. */
export interface ListedFile {
  key: string;
  modifiedAt: Date;
}

/** A listing's page has at most 1,000 entries of some hundred bytes. */
const MAX_LISTING_BYTES = 4_000_000;
const MAX_ANSWER_BYTES = 64_000;
/** A worker's file may be seen a little after its job has ended. */
const MISSING_TRIES = 4;

/** Writes a file; safe to repeat. @throws as `callVolume` */
export async function putFile(
  side: VolumeSide,
  file: { key: string; bytes: Uint8Array; filePrefix: string },
  signal: AbortSignal,
): Promise<void> {
  const { key, bytes: body, filePrefix } = file;
  const call = { operation: "upload", method: "PUT", maxBytes: MAX_ANSWER_BYTES } as const;
  await callVolume(side, { ...call, key, body, filePrefix }, signal);
}

/** Reads a file that a worker wrote a moment ago. @throws as `callVolume` */
export function getFile(
  side: VolumeSide,
  file: { key: string; maxBytes: number; filePrefix: string },
  signal: AbortSignal,
): Promise<VolumeAnswer> {
  return callVolume(
    side,
    { operation: "download", method: "GET", body: null, missingTries: MISSING_TRIES, ...file },
    signal,
  );
}

/** Deletes a file; one that is not there is no error. @throws as `callVolume` */
export async function deleteFile(
  side: VolumeSide,
  key: string,
  signal: AbortSignal,
): Promise<void> {
  const call = { operation: "upload", method: "DELETE", body: null } as const;
  await callVolume(side, { ...call, key, maxBytes: MAX_ANSWER_BYTES }, signal);
}

/** A page of a listing. */
export interface ListedPage {
  files: readonly ListedFile[];
  /** Where the next page begins; null = this was the last. */
  nextAfter: string | null;
}

/**
 * At most `limit` (and 1,000) files whose keys begin with `prefix` and come after `after`.
 * @throws as `callVolume`
 */
export async function listFiles(
  side: VolumeSide,
  { prefix, after, limit }: { prefix: string; after: string | null; limit: number },
  signal: AbortSignal,
): Promise<ListedPage> {
  const from = after === null ? {} : { "start-after": after };
  const query = { "list-type": "2", prefix, "max-keys": String(limit), ...from };
  const call = { operation: "download", method: "GET", body: null, key: null, query } as const;
  const answer = await callVolume(side, { ...call, maxBytes: MAX_LISTING_BYTES }, signal);
  if (answer.kind !== "read") throw new GpuUnavailable("The volume's listing could not be read.");
  const xml = Buffer.from(answer.bytes).toString("utf8");
  const listed = readListing(xml);
  const isCut = /<IsTruncated>true<\/IsTruncated>/.test(xml);
  return {
    // Empty folders are listed too.
    files: listed.filter(({ key }) => key.startsWith(prefix) && !key.endsWith("/")),
    nextAfter: isCut ? (listed.at(-1)?.key ?? null) : null,
  };
}

/** Reads the entries of ListObjectsV2; what is not whole is left out. */
export function readListing(xml: string): ListedFile[] {
  return [...xml.matchAll(/<Contents>(.*?)<\/Contents>/gs)].flatMap(([, entry = ""]) => {
    const key = /<Key>([^<]*)<\/Key>/.exec(entry)?.[1];
    const modifiedAt = new Date(/<LastModified>([^<]*)<\/LastModified>/.exec(entry)?.[1] ?? "");
    if (key === undefined || Number.isNaN(modifiedAt.getTime())) return [];
    return [{ key: unescapeXml(key), modifiedAt }];
  });
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
};

function unescapeXml(text: string): string {
  return text.replaceAll(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,4});/gi, (whole: string) => {
    const name = whole.slice(1, -1).toLowerCase();
    if (!name.startsWith("#")) return ENTITIES[name] ?? whole;
    const code = name.startsWith("#x") ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
