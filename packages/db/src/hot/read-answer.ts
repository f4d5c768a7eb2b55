import { z } from "zod";

/**
 * Parses the one row of `select some_function(…) as answer`.
 * @throws ZodError when the database answers in a shape we do not know.
 */
export function readAnswer<Answer>(rows: readonly object[], answer: z.ZodType<Answer>): Answer {
  return z.tuple([z.object({ answer })]).parse(rows)[0].answer;
}
