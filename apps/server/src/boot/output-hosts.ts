/** A name with a dot in it, or one with `*.` in front of at least two labels, so that no rule means a whole top-level domain. */
const HOST = /^(?:\*\.)?(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,62}$/;

/** Reads `pictures.example.com,*.buckets.example.com`; null = something in it names no host. */
export function parseOutputHosts(text: string): readonly string[] | null {
  const hosts = text.split(",").map((part) => part.trim().toLowerCase());
  return hosts.every((host) => HOST.test(host)) ? hosts : null;
}
