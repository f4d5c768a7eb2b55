import type { Service } from "../../contract/service.ts";

export function listServices(): Service[] {
  throw new Error("not built");
}
