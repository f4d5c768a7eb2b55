import * as z from "zod";

import releasedJson from "./released.json" with { type: "json" };

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** Which versions are released, with the digests they must keep, and which are still being written. */
export const Released = z.strictObject({
  released: z.record(z.string(), z.strictObject({ contract: Sha256, behaviour: Sha256 })),
  drafts: z.array(z.string()),
});
export type Released = z.infer<typeof Released>;

export const RELEASED: Released = Released.parse(releasedJson);
