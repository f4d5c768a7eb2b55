import sharp from "sharp";

/**
 * Leaves libvips three loaders: JPEG, PNG and WebP, each from memory. SVG, GIF, TIFF, HEIF and every file loader are
 * refused by the library itself from here on. Process-wide and safe to repeat.
 * @see https://www.libvips.org/API/current/func.operation_block_set.html
 */
export function blockLoaders(): void {
  sharp.block({ operation: ["VipsForeignLoad"] });
  sharp.unblock({
    operation: [
      "VipsForeignLoadJpegBuffer",
      "VipsForeignLoadPngBuffer",
      "VipsForeignLoadWebpBuffer",
    ],
  });
}
