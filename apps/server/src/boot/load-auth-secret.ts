import { join } from "node:path";
import { keepSecret } from "./keep-secret.ts";

/**
 * The secret that signs sessions and file URLs, generated once into `dataDir` (mode 0600). Replicas
 * that boot together on one folder read the same one.
 * @throws {Error} naming the file when what it holds is too short to be one
 */
export async function loadAuthSecret(
  dataDir: string,
  randomBytes: (size: number) => Uint8Array,
): Promise<string> {
  const path = join(dataDir, "auth-secret");
  const secret = await keepSecret(path, () => Buffer.from(randomBytes(32)).toString("base64url"));
  if (secret.length < 32)
    throw new Error(`${path} holds no usable secret; remove it to get a new one`);
  return secret;
}
