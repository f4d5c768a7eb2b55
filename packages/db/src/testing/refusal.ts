import postgres from "postgres";

/** The constraint by which the database refused the statement. @throws Error when it did not refuse. */
export async function refusal(statement: PromiseLike<unknown>): Promise<string> {
  try {
    await statement;
  } catch (error) {
    if (error instanceof postgres.PostgresError && error.constraint_name !== undefined) {
      return error.constraint_name;
    }
    throw error;
  }
  throw new Error("the database accepted it");
}
