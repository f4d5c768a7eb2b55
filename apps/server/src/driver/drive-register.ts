/** Drives under way. One job may be under way twice for a moment: its lease lapsed and was claimed again. */
export interface DriveRegister {
  readonly size: number;
  has(jobId: string): boolean;
  add(jobId: string, drive: Promise<void>): void;
  /** Resolves once nothing is under way. */
  settled(): Promise<void>;
}

/** Makes an empty register. A drive leaves it by itself, and then `onEnd` hears of it. */
export function createDriveRegister(onEnd: (jobId: string) => void): DriveRegister {
  const drives = new Map<Promise<void>, string>();
  return {
    get size() {
      return drives.size;
    },
    has: (jobId) => [...drives.values()].includes(jobId),
    add(jobId, drive) {
      drives.set(drive, jobId);
      void drive.finally(() => {
        drives.delete(drive);
        onEnd(jobId);
      });
    },
    async settled() {
      while (drives.size > 0) await Promise.all(drives.keys());
    },
  };
}
