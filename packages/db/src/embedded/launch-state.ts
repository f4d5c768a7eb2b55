import { randomBytes } from "node:crypto";
import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

/** What the launcher keeps about one cluster, in `DATA_DIR/postgres/launcher.json` (mode 0600). */
export const LaunchState = z.object({
  id: z.string().regex(/^[0-9a-f]{16}$/),
  password: z.string().min(16),
  port: z.int().min(1).max(65_535).nullable(),
  /** `inside`: below DATA_DIR. `hosted`: below /var/lib, because DATA_DIR is closed to the database's user. */
  place: z.enum(["inside", "hosted"]),
});
export type LaunchState = z.infer<typeof LaunchState>;

const FILE = "launcher.json";

/** A new identity with a random password. */
export function newLaunchState(place: LaunchState["place"]): LaunchState {
  return {
    id: randomBytes(8).toString("hex"),
    password: randomBytes(24).toString("hex"),
    port: null,
    place,
  };
}

/** The kept state; null before the first start. @throws when the file is not readable or not ours. */
export async function readLaunchState(home: string): Promise<LaunchState | null> {
  const path = join(home, FILE);
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
  const parsed = LaunchState.safeParse(parseJson(text));
  if (!parsed.success) throw new Error(`${path} is damaged; restore it or remove its folder.`);
  return parsed.data;
}

/** Writes the state so that a reader sees the old or the new one, never a half. */
export async function writeLaunchState(home: string, state: LaunchState): Promise<void> {
  const path = join(home, FILE);
  const draft = `${path}.${process.pid}.tmp`;
  await writeFile(draft, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
  await rename(draft, path);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
