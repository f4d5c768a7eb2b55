import { SECRET_KEY } from "./private-keys.ts";
import { parseJson } from "./read-body.ts";
import { redactBody } from "./redact-body.ts";
import { type KnownText, redactText } from "./redact-text.ts";

const DEEPEST = 24;
/** Where an answer repeats what was sent, or what a node was given. */
const ECHO_KEY = /^(input|inputs|prompt|workflow|workflow_api|current_inputs|images|webhook\w*)$/i;
const MACHINE_KEY = /^(error|errors|message|details|detail|type|status|status_str|title)$/i;

/** An answer's body, its own words kept: an echoed input, pictures and secrets are described. */
export function redactAnswer(
  body: string,
  known: readonly KnownText[],
  { isCut }: { isCut: boolean },
): string {
  const json = isCut ? undefined : parseJson(body);
  if (typeof json !== "object" || json === null) return redactText(body, known, { isCut });
  const echoed: KnownText[] = [];
  const value = redactValue(json, { key: "", depth: 0, echoed });
  return redactText(JSON.stringify(value), [...known, ...echoed]);
}

interface Place {
  key: string;
  depth: number;
  echoed: KnownText[];
}

function redactValue(value: unknown, place: Place): unknown {
  const { key, echoed } = place;
  if (ECHO_KEY.test(key) || isSecretOrPicture(value, key)) {
    // The key decides: the value alone would not show what it is.
    const redacted = redactBody({ [key]: value });
    echoed.push(...redacted.known);
    return Object.values(redacted.value ?? {})[0];
  }
  if (typeof value !== "object" || value === null) return value;
  if (place.depth >= DEEPEST) return "[too deep]";
  const depth = place.depth + 1;
  if (Array.isArray(value)) {
    return value.map((each: unknown) => redactValue(each, { ...place, depth }));
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, each]: [string, unknown]) => [
      name,
      redactValue(each, { ...place, depth, key: name }),
    ]),
  );
}

// The worker's own words stay words; `redactText` looks for what is in them.
function isSecretOrPicture(value: unknown, key: string): boolean {
  if (MACHINE_KEY.test(key)) return false;
  if (SECRET_KEY.test(key)) return true;
  return typeof value === "string" && /^data$|image|url/i.test(key);
}
