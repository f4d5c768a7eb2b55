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

/** Writes a file; safe to repeat. @throws as `callVolume`, also where the volume itself is not there */
export async function putFile(
  side: VolumeSide,
  file: { key: string; bytes: Uint8Array; filePrefix: string },
  signal: AbortSignal,
): Promise<void> {
  const { key, bytes: body, filePrefix } = file;
  const call = { operation: "upload", method: "PUT", maxBytes: MAX_ANSWER_BYTES } as const;
  const answer = await callVolume(side, { ...call, key, body, filePrefix }, signal);
  if (answer.kind === "missing") {
    throw new GpuUnavailable(`There is no volume ${side.id} in ${side.credentials.region}.`, {
      status: 404,
    });
  }
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

/** The first files, at most `limit` (and 1,000), whose keys begin with `prefix`. @throws as `callVolume` */
export async function listFiles(
  side: VolumeSide,
  { prefix, limit }: { prefix: string; limit: number },
  signal: AbortSignal,
): Promise<ListedFile[]> {
  const query = { "list-type": "2", prefix, "max-keys": String(limit) };
  const call = { operation: "download", method: "GET", body: null, key: null, query } as const;
  const answer = await callVolume(side, { ...call, maxBytes: MAX_LISTING_BYTES }, signal);
  if (answer.kind !== "read") throw new GpuUnavailable("The volume's listing could not be read.");
  return readListing(Buffer.from(answer.bytes).toString("utf8")).filter(
    // Empty folders are listed too.
    ({ key }) => key.startsWith(prefix) && !key.endsWith("/"),
  );
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
  return text.replaceAll(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/gi,
    (whole: string, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? whole;
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}
