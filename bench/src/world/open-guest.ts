import { readFile } from "node:fs/promises";
import { createStudioClient, type StudioClient } from "@ob/api/client";

/** A guest with one uploaded photo, as another TypeScript service would be one. */
export interface Guest {
  readonly client: StudioClient;
  readonly token: string;
  readonly imageAssetId: string;
}

/** A photo of the repository, by its file name under `fixtures/photos/`. */
export async function readPhoto(name: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(
    await readFile(new URL(`../../../fixtures/photos/${name}`, import.meta.url)),
  );
}

/** Signs in as a new guest and uploads a small photo, all over HTTP. */
export async function openGuest(url: string): Promise<Guest> {
  const client = createStudioClient({ url });
  const { token } = await client.signInAsGuest();
  const { assetId } = await client.upload(await readPhoto("rocket.jpg"));
  return { client, token, imageAssetId: assetId };
}

/** Signs in as a new guest over HTTP; nothing is uploaded. */
export async function signIn(url: string): Promise<string> {
  const { token } = await createStudioClient({ url }).signInAsGuest();
  return token;
}

/** Does something `count` times, `atOnce` at a time, and keeps the answers in order. */
export async function inBatches<Answer>(
  o: { readonly count: number; readonly atOnce: number },
  once: (n: number) => Promise<Answer>,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  while (answers.length < o.count) {
    const size = Math.min(o.atOnce, o.count - answers.length);
    const from = answers.length;
    answers.push(...(await Promise.all(Array.from({ length: size }, (_, n) => once(from + n)))));
  }
  return answers;
}
