/**
 * Whether `id` can be a RunPod job id (`<uuid>-e1`, `sync-<uuid>-u1`) and is safe inside a path.
 * An id may come from a webhook body, so anything that could change the path is refused.
 */
export function isRunpodJobId(id: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9_-]{0,127}$/.test(id);
}
