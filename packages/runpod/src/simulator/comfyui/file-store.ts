/** ComfyUI's folders that its routes name. */
export const FOLDERS = ["input", "output", "temp"] as const;
export type Folder = (typeof FOLDERS)[number];

/** ComfyUI never deletes; a simulator that runs for hours drops the oldest of each folder. */
const MOST_FILES = 400;

/** The files of one ComfyUI, by folder and path; in memory. */
export class FileStore {
  readonly #folders: Record<Folder, Map<string, Uint8Array>> = {
    input: new Map(),
    output: new Map(),
    temp: new Map(),
  };

  /**
   * Stores an upload. Without `overwrite` a different file of that name makes it `name (1).png`.
   * @returns the name it got; `null` when it would lie outside the folder
   */
  upload(
    folder: Folder,
    file: { name: string; subfolder: string; bytes: Uint8Array; overwrite: boolean },
  ): string | null {
    if (!isInside(file.subfolder) || !isInside(file.name)) return null;
    const pathOf = (name: string): string => joinPath(file.subfolder, name);
    let { name } = file;
    for (let n = 1; !file.overwrite; n += 1) {
      const there = this.#folders[folder].get(pathOf(name));
      if (there === undefined || Buffer.compare(there, file.bytes) === 0) break;
      name = numbered(file.name, n);
    }
    this.#put(folder, pathOf(name), file.bytes);
    return name;
  }

  /** Saves a picture as SaveImage does: `prefix_00001_.png`, the first free number. @returns its name */
  save(prefix: string, bytes: Uint8Array): string {
    for (let n = 1; ; n += 1) {
      const name = `${prefix}_${String(n).padStart(5, "0")}_.png`;
      if (this.#folders.output.has(name)) continue;
      this.#put("output", name, bytes);
      return name;
    }
  }

  read(folder: Folder, path: string): Uint8Array | null {
    return this.#folders[folder].get(path) ?? null;
  }

  /** Everything in a folder, as nodes see it. */
  all(folder: Folder): ReadonlyMap<string, Uint8Array> {
    return this.#folders[folder];
  }

  clear(folder: Folder): void {
    this.#folders[folder].clear();
  }

  #put(folder: Folder, path: string, bytes: Uint8Array): void {
    const files = this.#folders[folder];
    files.delete(path);
    files.set(path, bytes);
    const [oldest] = files.keys();
    if (files.size > MOST_FILES && oldest !== undefined) files.delete(oldest);
  }
}

/** Whether a relative path stays where it is put. */
export function isInside(path: string): boolean {
  return !path.startsWith("/") && !path.split(/[/\\]/).includes("..");
}

export function joinPath(subfolder: string, name: string): string {
  return subfolder === "" ? name : `${subfolder.replace(/\/+$/, "")}/${name}`;
}

function numbered(name: string, n: number): string {
  const dot = name.lastIndexOf(".");
  return dot <= 0 ? `${name} (${n})` : `${name.slice(0, dot)} (${n})${name.slice(dot)}`;
}
