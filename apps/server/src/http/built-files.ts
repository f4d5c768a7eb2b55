import { readFile, stat } from "node:fs/promises";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const compressBrotli = promisify(brotliCompress);
const compressGzip = promisify(gzip);

export type Encoding = "br" | "gzip";

/** Bytes of one file, as they go over the wire. */
export interface WireFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly encoding: Encoding | null;
}

/** The files of a build: few, small, and read over and over. */
export interface BuiltFiles {
  /** Null = there is no such file. `encodings` are what the caller takes, best first. */
  read(path: string, encodings: readonly Encoding[]): Promise<WireFile | null>;
}

/** Keeps what it has read and compressed, until the file on disk is another one. */
export function openBuiltFiles(): BuiltFiles {
  const kept = new Map<string, { mtimeMs: number; file: Promise<WireFile> }>();
  return {
    async read(path, encodings) {
      const mtimeMs = await modifiedAt(path);
      if (mtimeMs === null) return null;
      const encoding = encodings[0] ?? null;
      const name = `${encoding ?? "plain"}:${path}`;
      const known = kept.get(name);
      if (known?.mtimeMs === mtimeMs) return known.file;
      const file = load(path, encoding);
      kept.set(name, { mtimeMs, file });
      file.catch(() => kept.delete(name));
      return file;
    },
  };
}

/** What compression would not make smaller goes out as it is. */
async function load(path: string, encoding: Encoding | null): Promise<WireFile> {
  const plain = new Uint8Array(await readFile(path));
  if (encoding === null) return { bytes: plain, encoding };
  const bytes = new Uint8Array(await compress(plain, encoding));
  return bytes.byteLength < plain.byteLength
    ? { bytes, encoding }
    : { bytes: plain, encoding: null };
}

function compress(bytes: Uint8Array, encoding: Encoding): Promise<Buffer> {
  switch (encoding) {
    case "br":
      return compressBrotli(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } });
    case "gzip":
      return compressGzip(bytes, { level: 9 });
  }
}

async function modifiedAt(path: string): Promise<number | null> {
  try {
    const facts = await stat(path);
    return facts.isFile() ? facts.mtimeMs : null;
  } catch {
    return null;
  }
}
