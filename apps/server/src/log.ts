import type { Log } from "@ob/api";
import { type DestinationStream, pino } from "pino";
import type { Env } from "./env.ts";
import { redactFields } from "./log/redact-fields.ts";
import { createRedactor } from "./log/redact-line.ts";

export interface LogOptions {
  level: Env["logLevel"];
  /** Values that must never appear, whatever the field. */
  secrets: readonly string[];
  /** @default stderr, written at once */
  destination?: DestinationStream;
}

/** JSON, one line per event, on stderr; secrets are blotted out by key and by value. */
export function createLog(options: LogOptions): Log {
  const logger = pino(
    {
      level: options.level,
      base: null,
      messageKey: "event",
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      hooks: { streamWrite: createRedactor(options.secrets) },
    },
    options.destination ?? pino.destination({ fd: 2, sync: true }),
  );
  return {
    info: (event, fields = {}) => logger.info(redactFields(fields), event),
    warn: (event, fields = {}) => logger.warn(redactFields(fields), event),
    error: (event, fields = {}) => logger.error(redactFields(fields), event),
  };
}
