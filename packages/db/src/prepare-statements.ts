import type postgres from "postgres";

/**
 * Statements with more parameters than this carry a list of any length: one text for each length
 * would fill the memory of every connection with plans.
 */
const MOST_PARAMETERS = 32;

type Unsafe = postgres.Sql["unsafe"];

/**
 * Has a client prepare the statements Drizzle builds, by their text. Unprepared, each costs two round
 * trips and is parsed twice and planned every time. Transactions keep their own way.
 */
export function prepareStatements<Client extends postgres.Sql>(client: Client): Client {
  const { unsafe } = client;
  const prepared = (
    query: string,
    parameters: Parameters<Unsafe>[1] = [],
    options: Parameters<Unsafe>[2] = {},
  ) => {
    const isListLike = parameters.length > MOST_PARAMETERS;
    return unsafe(query, parameters, { ...options, prepare: parameters.length > 0 && !isListLike });
  };
  return Object.assign(client, { unsafe: prepared });
}
