const UNIT_MS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const MAX_DAYS = 3_650;

/** `90s`, `10m`, `2h` or `7d`, in ms. @throws {Error} one sentence */
export function readDuration(name: string, text: string): number {
  const match = /^(\d{1,7})([smhd])$/.exec(text);
  const unit = Object.entries(UNIT_MS).find(([letter]) => letter === match?.[2])?.[1] ?? 0;
  const ms = Number(match?.[1]) * unit;
  if (match === null || ms === 0 || ms > MAX_DAYS * UNIT_MS.d) {
    throw new Error(`--${name} ${JSON.stringify(text)} is no time: such as 90s, 10m, 2h or 7d.`);
  }
  return ms;
}

/** A whole number between the bounds. @throws {Error} one sentence */
export function readWhole(
  name: string,
  text: string,
  { min, max }: { min: number; max: number },
): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= min && value <= max)) {
    throw new Error(`--${name} ${JSON.stringify(text)} is no whole number from ${min} to ${max}.`);
  }
  return value;
}

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** An id as we give them out. @throws {Error} one sentence */
export function readId(what: string, text: string): string {
  if (!UUID.test(text)) throw new Error(`${JSON.stringify(text)} is no id of a ${what}.`);
  return text.toLowerCase();
}

/** One of the names. @throws {Error} one sentence that tells them all */
export function readName<Name extends string>(
  what: string,
  text: string,
  names: readonly Name[],
): Name {
  const found = names.find((name) => name === text);
  if (found === undefined) {
    throw new Error(`${JSON.stringify(text)} is no ${what}: ${names.join(", ")}.`);
  }
  return found;
}

/** Words between the bounds. @throws {Error} one sentence */
export function readWords(name: string, text: string, maxLength: number): string {
  const words = text.trim();
  if (words === "" || words.length > maxLength) {
    throw new Error(`--${name} takes 1 to ${maxLength} characters.`);
  }
  return words;
}
