/** Something that happened. */
export interface Moment {
  readonly at: Date;
  readonly who: string;
  /** Markdown. */
  readonly text: string;
}

/** The recording as a page: what happened, when, and what is left at the end. */
export function renderStory(o: {
  moments: readonly Moment[];
  facts: Readonly<Record<string, string>>;
  violations: number;
  jobId: string;
}): string {
  const moments = o.moments.toSorted((a, b) => a.at.getTime() - b.at.getTime());
  const startMs = moments[0]?.at.getTime() ?? 0;
  const rows = moments.map(({ at, who, text }) => {
    const seconds = ((at.getTime() - startMs) / 1_000).toFixed(3);
    return `| ${at.toISOString().slice(11, 23)} | ${seconds} | ${who} | ${text} |`;
  });
  const facts = Object.entries(o.facts).map(([name, value]) => `| ${name} | ${value} |`);
  const verdict =
    o.violations === 0
      ? "Afterwards every invariant was asked of the rows, the stored object and the GPU side: none is broken."
      : `**${o.violations} rules are broken.**`;
  return `# One job survives

A recording, made by \`npm run chaos -- --story\` over real processes (server, PostgreSQL, simulated
RunPod), from their rows and log lines. In one job's short life its webhook is dropped, its server is
killed while collecting, and its database is killed and started again; the waits of the attempt rules
are shortened as in every chaos run (a lease is 5 s instead of 20 s).

Job \`${o.jobId}\`, times in UTC and in seconds since the button was pressed.

| time | s | who | what |
| --- | --- | --- | --- |
${rows.join("\n")}

What is left:

| | |
| --- | --- |
${facts.join("\n")}

${verdict}
`;
}
