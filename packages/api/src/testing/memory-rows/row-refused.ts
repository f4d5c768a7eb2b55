/** A constraint of the database said no; nothing of the call has happened. */
export class RowRefused extends Error {
  override readonly name = "RowRefused";
  readonly constraint: string;

  constructor(constraint: string) {
    super(`refused by ${constraint}`);
    this.constraint = constraint;
  }
}

/** Refuses unless `holds`. @throws {RowRefused} */
export function keep(constraint: string, holds: boolean): void {
  if (!holds) throw new RowRefused(constraint);
}
