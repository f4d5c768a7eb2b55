import type { GpuService } from "@ob/workflow";
import type { Service } from "../../contract/service.ts";
import { type PriceList, priceOf } from "../../domain/prices.ts";
import { chooseVersion } from "../versions/choose-version.ts";
import type { ServiceContext } from "../context.ts";
import { readVersionShares } from "../versions/read-version-shares.ts";

/**
 * The public catalogue: what each service asks, offers and costs, in the version a new job of this
 * owner would get. Null = nobody is signed in: the version everybody gets.
 */
export async function listServices(
  {
    db,
    registry,
    prices,
    settings,
  }: Pick<ServiceContext, "db" | "registry" | "prices" | "settings">,
  { ownerId }: { ownerId: string | null },
): Promise<Service[]> {
  const shares = await readVersionShares(db);
  const ids = new Set(registry.versions.map(({ id }) => id));
  return [...ids].flatMap((id) => {
    const versions = registry.versions.filter((service) => service.id === id);
    const service = chooseVersion(versions, shares, ownerId);
    return service === null
      ? []
      : [{ ...toService(service, prices), isSimulated: settings.isSimulated }];
  });
}

function toService(service: GpuService, prices: PriceList): Omit<Service, "isSimulated"> {
  const { id, version, contract } = service;
  return {
    id,
    version,
    title: contract.title,
    images: contract.images,
    mask: contract.mask,
    options: contract.options.map((option) => ({
      id: option.id,
      title: option.title,
      choices: option.choices.map((choice) => ({ id: choice.id, title: choice.title })),
    })),
    params: contract.params,
    ratios: contract.ratios,
    modes: contract.modes.map((mode) => ({
      id: mode.id,
      title: mode.title,
      credits: priceOf(prices, service, mode.id),
      typicalSeconds: mode.typicalSeconds,
    })),
    limits: { promptCodePoints: contract.limits.promptCodePoints },
  };
}
