/** Whether a job's output says nothing at all: none, an empty text, list or object. */
export function isEmptyOutput(output: unknown): boolean {
  if (output === undefined || output === null || output === "") return true;
  return typeof output === "object" && Object.keys(output).length === 0;
}
