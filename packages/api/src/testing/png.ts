import { crc32, deflateSync } from "node:zlib";

/** One pixel's channels, 0 to 255: grey, RGB or RGBA by the length. */
export type PixelValues = readonly number[];

const COLOUR_TYPES = new Map([
  [1, 0],
  [3, 2],
  [4, 6],
]);

/** A small 8-bit PNG painted pixel by pixel; every pixel has as many channels as the first. */
export function makePng(
  width: number,
  height: number,
  paint: (x: number, y: number) => PixelValues,
): Uint8Array {
  const channels = paint(0, 0).length;
  const colourType = COLOUR_TYPES.get(channels);
  if (colourType === undefined) throw new RangeError(`no PNG has ${channels} channels`);
  const stride = 1 + width * channels;
  const rows = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      rows.set(paint(x, y), y * stride + 1 + x * channels);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, colourType, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.byteLength);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}
