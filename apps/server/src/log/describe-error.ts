/** What a log line keeps of an error: never its own properties (a driver puts query parameters there). */
export interface ErrorFacts {
  name: string;
  message: string;
  code?: string;
  stack?: string;
  cause?: ErrorFacts;
}

/** Describes anything thrown, causes included, at most five deep. */
export function describeError(thrown: unknown, depth = 5): ErrorFacts {
  if (!(thrown instanceof Error)) return { name: "NotAnError", message: typeof thrown };
  const code: unknown = Reflect.get(thrown, "code");
  return {
    name: thrown.name,
    message: thrown.message.slice(0, 500),
    ...(typeof code === "string" ? { code } : {}),
    ...(thrown.stack === undefined ? {} : { stack: thrown.stack.slice(0, 4000) }),
    ...(thrown.cause === undefined || depth <= 1
      ? {}
      : { cause: describeError(thrown.cause, depth - 1) }),
  };
}
