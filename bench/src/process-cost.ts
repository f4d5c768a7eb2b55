import { readFile } from "node:fs/promises";

/** What a process and everything below it used so far. */
export interface ProcessCost {
  /** User and system time, ms. */
  readonly cpuMs: number;
  /** Resident memory now, MB. Shared pages are counted once per process. */
  readonly rssMb: number;
}

/** Linux counts process time in hundredths of a second, whatever the kernel's own tick. */
const MS_PER_TICK = 10;

/** Of one process without its children. @see readTreeCost */
export async function readProcessCost(pid: number): Promise<ProcessCost | null> {
  return readOne(pid, { withEndedChildren: false });
}

/** Of a process and everything below it; null where there is no /proc or the process is gone. */
export async function readTreeCost(pid: number): Promise<ProcessCost | null> {
  const own = await readOne(pid, { withEndedChildren: true });
  if (own === null) return null;
  const children = await Promise.all((await childrenOf(pid)).map((child) => readTreeCost(child)));
  let { cpuMs, rssMb } = own;
  for (const child of children) {
    cpuMs += child?.cpuMs ?? 0;
    rssMb += child?.rssMb ?? 0;
  }
  return { cpuMs, rssMb };
}

async function readOne(
  pid: number,
  { withEndedChildren }: { withEndedChildren: boolean },
): Promise<ProcessCost | null> {
  const [stat, status] = await Promise.all([
    readFile(`/proc/${pid}/stat`, "utf8").catch(() => null),
    readFile(`/proc/${pid}/status`, "utf8").catch(() => null),
  ]);
  if (stat === null || status === null) return null;
  // The command stands in brackets and may hold anything; what follows is plain numbers.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  // utime, stime, cutime, cstime: fields 14 to 17 of proc(5).
  const ticks = fields
    .slice(11, withEndedChildren ? 15 : 13)
    .reduce((sum, field) => sum + Number(field), 0);
  // Private pages and mapped files; PostgreSQL's shared buffers would be counted in every backend.
  const kb = numberOf(status, "RssAnon") + numberOf(status, "RssFile");
  return { cpuMs: ticks * MS_PER_TICK, rssMb: kb / 1024 };
}

function numberOf(status: string, field: string): number {
  return Number(new RegExp(`^${field}:\\s+(\\d+) kB`, "m").exec(status)?.[1] ?? 0);
}

async function childrenOf(pid: number): Promise<number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, "utf8").catch(() => "");
  return text.split(" ").filter(Boolean).map(Number);
}
