const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const GREYSCALE_8_BIT = [8, 0, 0, 0, 0];

/**
 * Encodes an 8-bit greyscale PNG from rows of grey values; a quarter of the memory and upload of an
 * RGBA one. `rowsAt(top)` gives the rows from `top` on, whole rows of `width` bytes, at least one.
 * @see https://www.w3.org/TR/png-3/
 */
export async function encodeGreyPng(o: {
  width: number;
  height: number;
  rowsAt: (top: number) => Uint8Array;
}): Promise<Blob> {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, o.width);
  view.setUint32(4, o.height);
  header.set(GREYSCALE_8_BIT, 8);
  const data = await deflated(filteredRows(o));
  return new Blob(
    [
      new Uint8Array(SIGNATURE),
      ...chunk("IHDR", header),
      ...chunk("IDAT", data),
      ...chunk("IEND", new Uint8Array()),
    ],
    { type: "image/png" },
  );
}

/** Each row with its filter byte: Up, which turns a mask's repeated rows into zeros. */
function* filteredRows(o: {
  width: number;
  height: number;
  rowsAt: (top: number) => Uint8Array;
}): Generator<Uint8Array<ArrayBuffer>> {
  let above = new Uint8Array(o.width);
  for (let top = 0; top < o.height;) {
    const rows = o.rowsAt(top);
    const count = Math.min(Math.floor(rows.length / o.width), o.height - top);
    if (count < 1) throw new RangeError("no rows to encode");
    const out = new Uint8Array(count * (o.width + 1));
    for (let row = 0; row < count; row += 1) {
      const line = rows.subarray(row * o.width, (row + 1) * o.width);
      const start = row * (o.width + 1);
      out[start] = 2;
      for (let x = 0; x < o.width; x += 1) {
        out[start + 1 + x] = ((line[x] ?? 0) - (above[x] ?? 0)) & 0xff;
      }
      above = new Uint8Array(line);
    }
    yield out;
    top += count;
  }
}

async function deflated(
  parts: Iterable<Uint8Array<ArrayBuffer>>,
): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new CompressionStream("deflate");
  const bytes = new Response(stream.readable).arrayBuffer();
  const writer = stream.writable.getWriter();
  for (const part of parts) await writer.write(part);
  await writer.close();
  return new Uint8Array(await bytes);
}

function chunk(type: string, data: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer>[] {
  const head = new Uint8Array(8);
  new DataView(head.buffer).setUint32(0, data.length);
  for (let index = 0; index < 4; index += 1) head[4 + index] = type.charCodeAt(index);
  const tail = new Uint8Array(4);
  new DataView(tail.buffer).setUint32(0, crc32([head.subarray(4), data]));
  return [head, data, tail];
}

function crc32(parts: readonly Uint8Array[]): number {
  const table = crcTable();
  let crc = 0xffffffff;
  for (const part of parts) {
    for (const byte of part) crc = (table[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

function crcTable(): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, byte) => {
    let value = byte;
    for (let bit = 0; bit < 8; bit += 1) {
      value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
    }
    return value >>> 0;
  });
}
