import { parseJson, readBody } from "./read-body.ts";
import type { ExchangeRecord } from "./record-exchange.ts";

/**
 * Reads an answer's body as JSON and notes in its record what it was; `undefined` when it is none.
 * @throws {BodyTooLarge} past `maxBytes`; what the network throws; both are recorded
 */
export async function readJson(
  response: Response,
  record: ExchangeRecord,
  maxBytes: number,
): Promise<unknown> {
  const contentType = response.headers.get("content-type");
  record.check("content type", /\bjson\b/i.test(contentType ?? ""), contentType ?? "none");
  try {
    const text = await readBody(response.body, maxBytes);
    record.read(text);
    const json = parseJson(text);
    record.check("JSON", json !== undefined, `${text.length} characters`);
    return json;
  } catch (error) {
    record.failed({ error });
    throw error;
  }
}
