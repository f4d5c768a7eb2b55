/** The moments of a job's life, in their order. */
export const TIMELINE = [
  "created",
  "intended",
  "sent",
  "submitted",
  "started",
  "finished",
  "stored",
  "seen",
] as const;
export type TimelineMoment = (typeof TIMELINE)[number];

/** When each came about; null = not yet, never, or nobody saw it. */
export type JobMoments = Readonly<Record<TimelineMoment, Date | null>>;

/** One moment, and how long after those before it came. */
export interface TimelineEntry {
  readonly moment: TimelineMoment;
  readonly at: Date | null;
  /** Since the last moment before it that is known, ms; null = one of them is not. */
  readonly sincePreviousMs: number | null;
  readonly sinceCreatedMs: number | null;
}

/** The moments with the time between them. A poll may miss a moment: then the next counts from the one before. */
export function toTimeline(moments: JobMoments): TimelineEntry[] {
  let previous: Date | null = null;
  return TIMELINE.map((moment) => {
    const at = moments[moment];
    const entry = {
      moment,
      at,
      sincePreviousMs: between(previous, at),
      sinceCreatedMs: between(moments.created, at),
    };
    previous = at ?? previous;
    return entry;
  });
}

function between(from: Date | null, to: Date | null): number | null {
  return from === null || to === null ? null : to.getTime() - from.getTime();
}
