/** 5×7 dots per letter, one row per entry, the highest bit on the left. */
const LETTERS: Readonly<Record<string, readonly number[]>> = {
  S: [0b01111, 0b10000, 0b10000, 0b01110, 0b00001, 0b00001, 0b11110],
  I: [0b11111, 0b00100, 0b00100, 0b00100, 0b00100, 0b00100, 0b11111],
  M: [0b10001, 0b11011, 0b10101, 0b10101, 0b10001, 0b10001, 0b10001],
  U: [0b10001, 0b10001, 0b10001, 0b10001, 0b10001, 0b10001, 0b01110],
  L: [0b10000, 0b10000, 0b10000, 0b10000, 0b10000, 0b10000, 0b11111],
  A: [0b01110, 0b10001, 0b10001, 0b11111, 0b10001, 0b10001, 0b10001],
  T: [0b11111, 0b00100, 0b00100, 0b00100, 0b00100, 0b00100, 0b00100],
  E: [0b11111, 0b10000, 0b10000, 0b11110, 0b10000, 0b10000, 0b11111],
  D: [0b11110, 0b10001, 0b10001, 0b10001, 0b10001, 0b10001, 0b11110],
};

const WORD = "SIMULATED";
const CELL_WIDTH = 6;
const TILE_WIDTH = WORD.length * CELL_WIDTH + 6;
const LETTER_HEIGHT = 7;
const TILE_HEIGHT = LETTER_HEIGHT + 5;

/** Whether a dot of the repeated word SIMULATED covers a pixel; each dot is `dotPx` wide. */
export function isWordPixel(x: number, y: number, dotPx: number): boolean {
  const row = Math.floor(y / dotPx);
  const line = row % TILE_HEIGHT;
  if (line >= LETTER_HEIGHT) return false;
  // Every other line of words starts half a word later, as on a printed pattern.
  const shift = Math.floor(row / TILE_HEIGHT) % 2 === 0 ? 0 : TILE_WIDTH / 2;
  const column = (Math.floor(x / dotPx) + shift) % TILE_WIDTH;
  const bit = column % CELL_WIDTH;
  const letter = WORD[Math.floor(column / CELL_WIDTH)];
  if (letter === undefined || bit >= CELL_WIDTH - 1) return false;
  return (((LETTERS[letter]?.[line] ?? 0) >> (CELL_WIDTH - 2 - bit)) & 1) === 1;
}
