/** Credits by service version and price id. */
export type PriceList = Readonly<Record<string, Readonly<Record<string, number>>>>;

/**
 * What an edit costs, in credits, by service version and the price id of its mode. A price never
 * changes in place: a new version of a service gets rows of its own.
 */
export const PRICES: PriceList = {
  "qwen-image-edit@1": { fast: 3, quality: 8 },
  "qwen-image-edit@2": { fast: 3, quality: 8, aligned: 4 },
  "photo-restore@1": { standard: 5 },
};

/** A service version as far as its price goes. */
export interface PricedService {
  readonly version: string;
  readonly contract: {
    readonly modes: readonly { readonly id: string; readonly priceId: string }[];
  };
}

/**
 * The price of one edit, in credits.
 * @throws {Error} when the mode has no price: a defect of ours, not of the caller.
 */
export function priceOf(prices: PriceList, service: PricedService, modeId: string): number {
  const price = findPrice(prices, service, modeId);
  if (price === null) throw new Error(`no price for ${service.version} in mode ${modeId}`);
  return price;
}

function findPrice(
  prices: PriceList,
  { version, contract }: PricedService,
  modeId: string,
): number | null {
  const priceId = contract.modes.find(({ id }) => id === modeId)?.priceId;
  const rows = Object.hasOwn(prices, version) ? prices[version] : undefined;
  if (rows === undefined || priceId === undefined || !Object.hasOwn(rows, priceId)) return null;
  return rows[priceId] ?? null;
}

/**
 * Stops a catalogue with a mode nobody has priced, before anybody is shown it.
 * @throws {Error} naming every version and mode that lacks a price.
 */
export function assertPriced(prices: PriceList, versions: readonly PricedService[]): void {
  const missing = versions.flatMap((service) =>
    service.contract.modes
      .filter(({ id }) => findPrice(prices, service, id) === null)
      .map(
        ({ id, priceId }) => `${service.version}, mode "${id}": no row for price id "${priceId}"`,
      ),
  );
  if (missing.length > 0) throw new Error(`The price list is not whole.\n${missing.join("\n")}`);
}
