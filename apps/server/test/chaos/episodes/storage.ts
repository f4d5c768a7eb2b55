import { execFileSync } from "node:child_process";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { type Episode, letWork, type Stage, timesOf, whileAtWork } from "../stage.ts";

export const storeRefuses: Episode = {
  name: "store-refuses",
  about:
    "nothing can be written to the object store for a while, however much the GPU side has drawn",
  async run(stage) {
    await failStore(stage, async (folder) => {
      // A file where a folder should be stops root as well.
      await rename(folder, `${folder}.away`);
      await writeFile(folder, "");
      return async () => {
        await rm(folder);
        await rename(`${folder}.away`, folder);
      };
    });
  },
};

export const diskFull: Episode = {
  name: "disk-full",
  about: "the disk under the object store is full for a while (a file where it cannot be mounted)",
  async run(stage) {
    await failStore(stage, async (folder) => {
      await rename(folder, `${folder}.away`);
      await mkdir(folder, { mode: 0o700 });
      try {
        execFileSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", folder], {
          stdio: "ignore",
        });
      } catch {
        // Only root may mount, and not everywhere: then nothing at all can be written.
        stage.studio.note("no small disk can be mounted here: the folder is taken away instead");
        await rm(folder, { recursive: true });
        await writeFile(folder, "");
        return async () => {
          await rm(folder);
          await rename(`${folder}.away`, folder);
        };
      }
      return async () => {
        execFileSync("umount", ["-l", folder], { stdio: "ignore" });
        await rm(folder, { recursive: true });
        await rename(`${folder}.away`, folder);
      };
    });
  },
};

/** People work; while they do, what is drawn cannot be stored, until the store is mended. */
async function failStore(
  stage: Stage,
  spoil: (folder: string) => Promise<() => Promise<void>>,
): Promise<void> {
  const { studio, dice } = stage;
  const folder = join(studio.dataDir, "files", "tmp");
  let failures = 0;
  const crowd = letWork(stage, {
    users: 3,
    isEnough: (done) => done > 0 && failures >= timesOf(stage, 1),
  });
  await whileAtWork(
    crowd,
    () => dice.int(300, 1_200),
    async () => {
      if (failures >= timesOf(stage, 1)) return;
      const mend = await spoil(folder);
      studio.counters.storageFailures += 1;
      await pause(dice.int(2_000, 6_000));
      await mend();
      failures += 1;
    },
  );
}
