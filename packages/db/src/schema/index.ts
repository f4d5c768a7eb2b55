export * from "./attempts.ts";
export * from "./auth.ts";
export * from "./credits.ts";
export * from "./job-events.ts";
export * from "./jobs.ts";
export * from "./owners.ts";
export * from "./uploads.ts";
