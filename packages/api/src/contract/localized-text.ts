/** A text for users in both languages the product speaks. */
export interface LocalizedText {
  th: string;
  en: string;
}
