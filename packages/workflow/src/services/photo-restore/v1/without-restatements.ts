const REPAIR =
  /^(?:ช่วย)?(?:ซ่อมแซม|ซ่อม|บูรณะ|ฟื้นฟู|กู้)(?:ภาพ|รูป)(?:ถ่าย)?(?:เก่า)?(?:ใบ)?(?:นี้)?(?:ให้)?(?:หน่อย|ที)?$/u;
const COLORIZE =
  /^(?:ช่วย)?(?:ทำให้เป็น|ทำเป็น|เติม|ลง|ใส่)(?:ภาพ|รูป)?สี(?:ให้)?(?:ภาพ|รูป)?(?:ขาวดำ)?(?:นี้)?(?:หน่อย|ที)?$/u;
const REPAIR_EN =
  /^(?:please )?(?:restore|repair|fix)(?: (?:this|the|my))?(?: old)?(?: photo(?:graph)?| picture| image)?[.!]?$/i;
const COLORIZE_EN =
  /^(?:please )?(?:(?:restore|repair|fix) and )?colou?ri[sz]e(?: (?:this|the|my))?(?: old)?(?: photo(?:graph)?| picture| image)?[.!]?$/i;

/** Whether a normalised request asks, in a clause of its own, that the photo be colourised. */
export function asksForColor(request: string): boolean {
  return [request, ...request.split(/[\n ]/)].some(
    (part) => COLORIZE.test(part) || COLORIZE_EN.test(part),
  );
}

/**
 * A normalised request without what every restoration does anyway: said twice, the model takes it
 * for something else. `colorizes` is false when the photo shall keep its tone; asking for color is
 * then a request of its own.
 */
export function withoutRestatements(
  request: string,
  { colorizes }: { colorizes: boolean },
): string {
  const isSaidAnyway = (part: string): boolean =>
    REPAIR.test(part) ||
    REPAIR_EN.test(part) ||
    (colorizes && (COLORIZE.test(part) || COLORIZE_EN.test(part)));
  if (isSaidAnyway(request)) return "";
  // English separates words by spaces, Thai separates clauses.
  return request
    .split("\n")
    .map((line) =>
      /\p{Script=Thai}/u.test(line)
        ? line
            .split(" ")
            .filter((clause) => !isSaidAnyway(clause))
            .join(" ")
        : line,
    )
    .filter((line) => line !== "" && !isSaidAnyway(line))
    .join("\n");
}
