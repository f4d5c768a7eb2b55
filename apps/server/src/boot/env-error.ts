export type EnvSource = Readonly<Record<string, string | undefined>>;

/** What stops a boot: one message that names every variable at fault, and no value. */
export class EnvError extends Error {
  override readonly name = "EnvError";
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    const unique = [...new Set(problems)];
    super(
      `The server cannot start with this environment:\n${unique.map((p) => `  - ${p}`).join("\n")}`,
    );
    this.problems = unique;
  }
}
