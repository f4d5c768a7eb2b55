import { DEFAULT_GPU_SETTINGS, type GpuSettings } from "@ob/api";

/** Figures of the attempt rules that differ from the design's; milliseconds unless their names say otherwise. */
export type GpuFigures = Partial<Record<keyof GpuSettings, number>>;

/**
 * Reads `leaseMs=4000,deadlineMs=60000`: shorter waits for tests that make a service late on purpose.
 * Null = a name that is none, or no positive whole number.
 */
export function parseGpuFigures(text: string): GpuFigures | null {
  const figures: Record<string, number> = {};
  for (const part of text.split(",")) {
    const [name = "", value = "", ...more] = part.trim().split("=");
    const isKnown = Object.hasOwn(DEFAULT_GPU_SETTINGS, name) && name !== "maxInFlight";
    if (!isKnown || more.length > 0 || !/^[1-9]\d{0,9}$/.test(value)) return null;
    figures[name] = Number(value);
  }
  return figures;
}
