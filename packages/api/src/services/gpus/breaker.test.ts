import fc from "fast-check";
import { expect, test } from "vitest";
import { type Breaker, createBreaker, type GpuEvidence, type GpuTrouble } from "./breaker.ts";

const at = (ms: number) => new Date(Date.UTC(2026, 0, 1) + ms);

function tell(breaker: Breaker, from: GpuEvidence["from"], troubles: (number | null)[]): void {
  for (const ms of troubles) {
    breaker.note({ from, trouble: ms === null ? null : "failing" }, at(ms ?? 0));
  }
}

/** Whether a probe is due at `ms`; it is begun then. */
function probe(breaker: Breaker, ms: number, trouble: GpuTrouble | null): boolean {
  const isDue = breaker.beginProbe(at(ms));
  if (isDue) breaker.note({ from: "probe", trouble }, at(ms));
  return isDue;
}

test("three troubles in a row open it, two and a good answer do not", () => {
  const breaker = createBreaker();
  tell(breaker, "question", [0, 1, null, 2, 3]);
  expect(breaker.state()).toEqual({ kind: "closed" });
  tell(breaker, "question", [4]);
  expect(breaker.state()).toEqual({
    kind: "open",
    since: at(4),
    cause: "failing",
    probeAt: at(2_004),
  });
});

test("questions that are answered do not hide that submits fail", () => {
  const breaker = createBreaker();
  for (let n = 0; n < 3; n += 1) {
    tell(breaker, "submit", [n]);
    tell(breaker, "question", [null]);
  }
  expect(breaker.state().kind).toBe("open");
  tell(breaker, "question", [null]);
  expect(breaker.state().kind).toBe("open");
});

test("one asker at a time probes; an answer closes it, silence makes the next wait longer", () => {
  const breaker = createBreaker();
  tell(breaker, "question", [0, 0, 0]);
  expect(breaker.beginProbe(at(1_999))).toBe(false);
  expect(breaker.beginProbe(at(2_000))).toBe(true);
  expect(breaker.state().kind).toBe("half-open");
  expect(breaker.beginProbe(at(2_001))).toBe(false);
  breaker.note({ from: "probe", trouble: "unreachable" }, at(2_500));
  expect(breaker.state()).toMatchObject({ since: at(0), cause: "unreachable", probeAt: at(6_500) });
  expect(probe(breaker, 6_500, "unreachable")).toBe(true);
  expect(breaker.state()).toMatchObject({ probeAt: at(14_500) });
  expect(probe(breaker, 14_500, "unreachable")).toBe(true);
  expect(breaker.state()).toMatchObject({ probeAt: at(29_500) });
  expect(probe(breaker, 29_500, null)).toBe(true);
  expect(breaker.state()).toEqual({ kind: "closed" });
});

test("a probe that never comes back makes room for another", () => {
  const breaker = createBreaker();
  tell(breaker, "question", [0, 0, 0]);
  expect(breaker.beginProbe(at(2_000))).toBe(true);
  expect(breaker.beginProbe(at(11_999))).toBe(false);
  expect(breaker.beginProbe(at(12_000))).toBe(true);
});

test("healthy, yet its submits fail: one more opens it at once and for longer, until one goes through", () => {
  const breaker = createBreaker();
  tell(breaker, "submit", [0, 0, 0]);
  expect(probe(breaker, 2_000, null)).toBe(true);
  tell(breaker, "submit", [3_000]);
  expect(breaker.state()).toMatchObject({ kind: "open", probeAt: at(7_000) });
  expect(probe(breaker, 7_000, null)).toBe(true);
  tell(breaker, "submit", [null, 8_000, 8_000]);
  expect(breaker.state()).toEqual({ kind: "closed" });
  tell(breaker, "submit", [8_000]);
  expect(breaker.state()).toMatchObject({ kind: "open", probeAt: at(10_000) });
});

test("an opening, another cause and the closing are told once each, however often it is probed", () => {
  const told: string[] = [];
  const breaker = createBreaker({ onNews: (cause) => told.push(cause ?? "back") });
  tell(breaker, "question", [0, 0, 0, 0, 0]);
  probe(breaker, 2_000, "unreachable");
  probe(breaker, 6_000, "unreachable");
  probe(breaker, 14_000, "unauthorized");
  probe(breaker, 29_000, null);
  tell(breaker, "question", [null, null]);
  expect(told).toEqual(["failing", "unreachable", "unauthorized", "back"]);
});

test("healthy, yet its submits fail: it is told as down once, and as back when a submit is answered", () => {
  const told: string[] = [];
  const breaker = createBreaker({ onNews: (cause) => told.push(cause ?? "back") });
  tell(breaker, "submit", [0, 0, 0]);
  for (const ms of [20_000, 40_000, 60_000]) {
    expect(probe(breaker, ms, null)).toBe(true);
    tell(breaker, "submit", [ms + 1]);
  }
  probe(breaker, 80_000, null);
  tell(breaker, "question", [null]);
  expect(told).toEqual(["failing"]);
  tell(breaker, "submit", [null]);
  expect(told).toEqual(["failing", "back"]);
});

test("whatever happens, an open breaker is probed within 15 seconds, and one good probe closes it", () => {
  const evidence = fc.record({
    from: fc.constantFrom("submit", "question", "probe"),
    trouble: fc.constantFrom(null, "failing", "unanswered"),
    afterMs: fc.nat(20_000),
  } as const);
  fc.assert(
    fc.property(fc.array(evidence, { maxLength: 60 }), (told) => {
      const breaker = createBreaker();
      let nowMs = 0;
      for (const { from, trouble, afterMs } of told) {
        nowMs += afterMs;
        // A probe is what was begun; other news comes when it likes.
        if (from !== "probe") breaker.note({ from, trouble }, at(nowMs));
        else probe(breaker, nowMs, trouble === null ? null : "unreachable");
      }
      const state = breaker.state();
      if (state.kind === "closed") return;
      expect(state.probeAt.getTime() - at(nowMs).getTime()).toBeLessThanOrEqual(15_000);
      expect(probe(breaker, nowMs + 15_000, null)).toBe(true);
      expect(breaker.state().kind).toBe("closed");
    }),
  );
});

test("closed by a good probe after submits had failed, it is on probation until one is answered", () => {
  const breaker = createBreaker();
  tell(breaker, "submit", [0, 0, 0]);
  expect(breaker.isOnProbation()).toBe(false);
  probe(breaker, 2_000, null);
  expect(breaker.isOnProbation()).toBe(true);
  tell(breaker, "question", [null]);
  expect(breaker.isOnProbation()).toBe(true);
  tell(breaker, "submit", [null]);
  expect(breaker.isOnProbation()).toBe(false);
  tell(breaker, "question", [3_000, 3_000, 3_000]);
  probe(breaker, 6_000, null);
  expect(breaker.isOnProbation()).toBe(false);
});
