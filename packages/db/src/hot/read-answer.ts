import { z } from "zod";

/**
 * Makes the reader of the one row of `select some_function(…) as answer`, once: a schema made for each
 * row is compiled for each row.
 * @throws ZodError when the database answers in a shape we do not know.
 */
export function answerReader<Answer>(
  answer: z.ZodType<Answer>,
): (rows: readonly object[]) => Answer {
  const only = z.tuple([z.object({ answer })]);
  return (rows) => only.parse(rows)[0].answer;
}
