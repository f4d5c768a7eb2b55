/** What belongs to a person. */
export const PERSON_SUBJECTS = [
  "face",
  "identity",
  "expression",
  "skin",
  "hair",
  "pose",
  "hands",
  "clothing",
  "accessories",
] as const;

/** What belongs to a product besides its printed text. */
export const PRODUCT_SUBJECTS = ["productShape", "productSurface"] as const;

/** What a picture consists of, as far as an instruction can change it or keep it. */
export const SUBJECTS = [
  ...PERSON_SUBJECTS,
  ...PRODUCT_SUBJECTS,
  "food",
  "furniture",
  "objects",
  "text",
  "background",
  "light",
  "colorTone",
  "framing",
] as const;
export type Subject = (typeof SUBJECTS)[number];
