/** What a log line keeps of an error: never its own properties (a driver puts query parameters there). */
export interface ErrorFacts {
  name: string;
  message: string;
  code?: string;
  stack?: string;
  cause?: ErrorFacts;
}

/**
 * What Drizzle's message begins with; the statement's parameters (tokens, prompts) stand behind it.
 * Whoever wraps such an error often takes its message over.
 */
const QUERY_MESSAGE = /Failed query:/;
const QUERY_FAILED = "query failed";

/** Describes anything thrown, causes included, at most five deep. */
export function describeError(thrown: unknown, depth = 5): ErrorFacts {
  if (!(thrown instanceof Error)) return { name: "NotAnError", message: typeof thrown };
  const code: unknown = Reflect.get(thrown, "code");
  const message = carriesParameters(thrown) ? QUERY_FAILED : thrown.message;
  const stack = stackUnder(thrown, message);
  return {
    name: thrown.name,
    message: message.slice(0, 500),
    ...(typeof code === "string" ? { code } : {}),
    ...(stack === null ? {} : { stack: stack.slice(0, 4000) }),
    ...(thrown.cause === undefined || depth <= 1
      ? {}
      : { cause: describeError(thrown.cause, depth - 1) }),
  };
}

/** A text without what a failed query's message would tell. */
export function withoutQuery(text: string): string {
  return QUERY_MESSAGE.test(text) ? QUERY_FAILED : text;
}

function carriesParameters(error: Error): boolean {
  return QUERY_MESSAGE.test(error.message) || ("query" in error && "params" in error);
}

/** The stack below `message`; null = there is none, or none that is sure to be without the original message. */
function stackUnder(error: Error, message: string): string | null {
  const { stack } = error;
  if (stack === undefined) return null;
  if (message === error.message) return withoutQuery(stack);
  const at = stack.indexOf(error.message);
  if (error.message === "" || at < 0) return null;
  return withoutQuery(`${error.name}: ${message}${stack.slice(at + error.message.length)}`);
}
