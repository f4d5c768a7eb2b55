// After a build: puts a .br and a .gz beside every text file, which the server sends where they are understood.
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const DIST = join(import.meta.dirname, "../dist");
const brotli = promisify(brotliCompress);
const toGzip = promisify(gzip);

const files = (await readdir(DIST, { recursive: true })).filter((name) =>
  /\.(js|css|html|svg)$/.test(name),
);
await Promise.all(
  files.map(async (name) => {
    const path = join(DIST, name);
    const text = await readFile(path);
    const params = {
      [constants.BROTLI_PARAM_SIZE_HINT]: text.length,
      [constants.BROTLI_PARAM_QUALITY]: 11,
    };
    await Promise.all([
      brotli(text, { params }).then((bytes) => writeFile(`${path}.br`, bytes)),
      toGzip(text, { level: 9 }).then((bytes) => writeFile(`${path}.gz`, bytes)),
    ]);
  }),
);
