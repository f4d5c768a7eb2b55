import { jobs } from "@ob/db";
import type { GpuService } from "@ob/workflow";
import { and, eq, or, type SQL, sql } from "drizzle-orm";
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
    ...[...choicesMentioning(term, versions).values()].map(
      ({ option, choice }) => sql`${jobs.input}->'options'->>${option} = ${choice}`,
    ),
  );
}

function servicesMentioning(term: string, versions: readonly GpuService[]): Set<string> {
  return new Set(versions.filter(({ contract }) => has(contract.title, term)).map(({ id }) => id));
}

/** Each once, however many versions offer it. */
function choicesMentioning(
  term: string,
  versions: readonly GpuService[],
): Map<string, { option: string; choice: string }> {
  const options = versions.flatMap(({ contract }) => contract.options);
  const found = options.flatMap((option) =>
    option.choices
      .filter((choice) => has(choice.title, term) || has(option.title, term))
      .map((choice) => ({ option: option.id, choice: choice.id })),
  );
  return new Map(found.map((pair) => [`${pair.option} ${pair.choice}`, pair]));
}

function has(text: { th: string; en: string }, term: string): boolean {
  return [text.th, text.en].some((words) => words.normalize("NFC").toLowerCase().includes(term));
}
