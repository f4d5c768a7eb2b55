import { jobs } from "@ob/db";
import type { GpuService } from "@ob/workflow";
import { and, eq, inArray, or, type SQL, sql } from "drizzle-orm";
import type { JobPage, ListJobsInput } from "../../contract/job.ts";
import type { CallerContext } from "../context.ts";
import { decodeCursor, encodeCursor } from "./list-cursor.ts";
import { NEWEST_FIRST, readJobs } from "./read-jobs.ts";

const DEFAULT_LIMIT = 20;

/** The caller's jobs, newest first, page by page. @throws {AppError} INPUT_INVALID on a cursor that is not ours */
export async function listJobs(ctx: CallerContext, asked: ListJobsInput): Promise<JobPage> {
  const limit = asked.limit ?? DEFAULT_LIMIT;
  const found = await readJobs(ctx, {
    where: and(
      asked.cursor === undefined ? undefined : olderThan(asked.cursor),
      asked.status === undefined ? undefined : eq(jobs.status, asked.status),
      asked.search === undefined
        ? undefined
        : mentions(asked.search, ctx.services.registry.versions),
    ),
    orderBy: NEWEST_FIRST,
    // One more than shown says whether there is another page.
    limit: limit + 1,
  });
  const items = found.slice(0, limit).map(({ job }) => job);
  const last = items.at(-1);
  const more = found.length > limit && last !== undefined;
  return { items, nextCursor: more ? encodeCursor(last) : null };
}

function olderThan(cursor: string): SQL {
  const { createdAt, id } = decodeCursor(cursor);
  return sql`(${jobs.createdAt}, ${jobs.id}) < (${createdAt}::timestamptz, ${id}::uuid)`;
}

/** Jobs whose words, options or service mention the term, in Thai or English. */
function mentions(search: string, versions: readonly GpuService[]): SQL | undefined {
  const term = search.normalize("NFC").trim().toLowerCase();
  if (term === "") return undefined;
  const pattern = `%${term.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  return or(
    sql`normalize(${jobs.input}->>'prompt', NFC) ilike ${pattern}`,
    ...[...servicesMentioning(term, versions)].map((id) => eq(jobs.service, id)),
    ...[...choicesMentioning(term, versions)].map(([option, choices]) =>
      inArray(sql`${jobs.input}->'options'->>${option}`, [...choices]),
    ),
  );
}

function servicesMentioning(term: string, versions: readonly GpuService[]): Set<string> {
  return new Set(versions.filter(({ contract }) => has(contract.title, term)).map(({ id }) => id));
}

/** Choices by option, of all versions together. */
function choicesMentioning(
  term: string,
  versions: readonly GpuService[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const option of versions.flatMap(({ contract }) => contract.options)) {
    const choices = option.choices.filter(
      (choice) => has(choice.title, term) || has(option.title, term),
    );
    if (choices.length === 0) continue;
    const known = found.get(option.id) ?? [];
    found.set(option.id, new Set([...known, ...choices.map(({ id }) => id)]));
  }
  return found;
}

function has(text: { th: string; en: string }, term: string): boolean {
  return [text.th, text.en].some((words) => words.normalize("NFC").toLowerCase().includes(term));
}
