/** Width and height in pixels. */
export interface PixelSize {
  width: number;
  height: number;
}

/**
 * The sizes (multiples of 16, about 1 MP) that TextEncodeQwenImageEditPlus leaves unchanged: any
 * other is silently resampled to the 1024² area and rounded to 8, which shifts the picture.
 * Portrait first, computed from ComfyUI 0.14.1.
 */
const PORTRAIT_SIZES = [
  [592, 1776],
  [608, 1728],
  [624, 1680],
  [640, 1632],
  [656, 1600],
  [672, 1568],
  [688, 1520],
  [704, 1488],
  [720, 1456],
  [736, 1424],
  [752, 1392],
  [768, 1360],
  [784, 1344],
  [800, 1312],
  [816, 1280],
  [832, 1264],
  [848, 1232],
  [864, 1216],
  [880, 1184],
  [896, 1168],
  [912, 1152],
  [928, 1136],
  [944, 1104],
  [960, 1088],
  [976, 1072],
  [992, 1056],
  [1008, 1040],
  [1024, 1024],
] as const;

/** Every size the encoder keeps: the 28 portrait ones and their 27 landscape transposes. */
export const ENCODER_SIZES: readonly PixelSize[] = PORTRAIT_SIZES.flatMap(([short, long]) =>
  short === long
    ? [{ width: short, height: long }]
    : [
        { width: short, height: long },
        { width: long, height: short },
      ],
);
