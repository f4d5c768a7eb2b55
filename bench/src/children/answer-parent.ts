import { z } from "zod";

/** Answers to questions, by name. What is thrown is told to the asker. */
export type Answers = Readonly<Record<string, (input: unknown) => Promise<object | null>>>;

const Question = z.object({ id: z.number(), question: z.string(), input: z.unknown() });

/** Serves the process that started this one, until it lets go; then `onEnd` runs and we exit. */
export function answerParent(answers: Answers, onEnd: () => Promise<void>): void {
  process.on("message", (message: unknown) => {
    const { id, question, input } = Question.parse(message);
    const answer = answers[question];
    if (answer === undefined) {
      process.send?.({ id, error: `nobody answers ${question}` });
      return;
    }
    answer(input).then(
      (given) => process.send?.({ id, answer: given }),
      (thrown: unknown) => process.send?.({ id, error: describe(thrown) }),
    );
  });
  process.once("disconnect", () => {
    void onEnd().finally(() => process.exit(0));
  });
  // Ctrl-C reaches the whole group; whoever started us decides when we end.
  process.on("SIGINT", () => {});
}

function describe(thrown: unknown): string {
  return thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
}

/** Memory after everything unreachable was collected, MB. */
export async function settledMemory(): Promise<{ rssMb: number; heapMb: number }> {
  for (let pass = 0; pass < 3; pass += 1) {
    globalThis.gc?.();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const { rss, heapUsed } = process.memoryUsage();
  return { rssMb: rss / 2 ** 20, heapMb: heapUsed / 2 ** 20 };
}
