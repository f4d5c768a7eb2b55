/** A text in double quotes, or in others when it has double quotes in it. */
export function quoteLiteral(text: string): string {
  if (!text.includes('"')) return `"${text}"`;
  if (!/[“”]/.test(text)) return `“${text}”`;
  return /[«»]/.test(text) ? `「${text}」` : `«${text}»`;
}
