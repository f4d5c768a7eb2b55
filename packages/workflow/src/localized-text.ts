import * as z from "zod";

/** A text for users in both languages the product speaks. */
export const LocalizedText = z.strictObject({ th: z.string().min(1), en: z.string().min(1) });
export type LocalizedText = z.infer<typeof LocalizedText>;
