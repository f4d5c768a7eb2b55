/** Held per folder before the oldest files go, in bytes. Real workers never delete; memory is smaller. */
const MAX_HELD_BYTES = 64 * 1024 * 1024;

/**
 * ComfyUI's input folder on a warm worker: what is uploaded stays there for whoever comes next, and a
 * file of the same name is overwritten.
 */
export class InputFolder {
  readonly #files = new Map<string, Buffer>();
  #bytes = 0;

  put(name: string, bytes: Buffer): void {
    this.#drop(name);
    this.#files.set(name, bytes);
    this.#bytes += bytes.byteLength;
    for (const oldest of this.#files.keys()) {
      if (this.#bytes <= MAX_HELD_BYTES || oldest === name) return;
      this.#drop(oldest);
    }
  }

  /** The folder as it is whenever it is read. */
  get files(): ReadonlyMap<string, Buffer> {
    return this.#files;
  }

  #drop(name: string): void {
    this.#bytes -= this.#files.get(name)?.byteLength ?? 0;
    this.#files.delete(name);
  }
}
