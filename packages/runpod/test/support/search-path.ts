/** Our PATH behind a folder of one's own, whose programs are found first. */
export function searchPathFrom(folder: string): string {
  return `${folder}:${process.env["PATH"] ?? ""}`;
}
