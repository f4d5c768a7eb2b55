import { GPU_SERVICES, type GpuService } from "@ob/workflow";
import type { Service } from "../../contract/service.ts";
import { priceOf } from "../../domain/prices.ts";

/** The public catalogue: what each service asks, offers and costs. */
export function listServices({ isSimulated }: { isSimulated: boolean }): Service[] {
  return GPU_SERVICES.map((service) => ({ ...toService(service), isSimulated }));
}

function toService({ id, version, contract }: GpuService): Omit<Service, "isSimulated"> {
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
      credits: priceOf(version, mode.id),
      typicalSeconds: mode.typicalSeconds,
    })),
  };
}
