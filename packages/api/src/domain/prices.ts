/**
 * What an edit costs, in credits, by service version and mode. A price never changes in place: a
 * new version of a service gets rows of its own.
 */
const PRICES: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  "qwen-image-edit@1": { fast: 3, quality: 8 },
  "qwen-image-edit@2": { fast: 3, quality: 8, aligned: 4 },
  "photo-restore@1": { standard: 5 },
};

/** The price of one edit, in credits. @throws {Error} when the mode has no price: a defect of ours, not of the caller. */
export function priceOf(serviceVersion: string, mode: string): number {
  const modes = Object.hasOwn(PRICES, serviceVersion) ? PRICES[serviceVersion] : undefined;
  const price = modes !== undefined && Object.hasOwn(modes, mode) ? modes[mode] : undefined;
  if (price === undefined) throw new Error(`no price for ${serviceVersion} in mode ${mode}`);
  return price;
}
