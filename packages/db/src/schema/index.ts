export * from "./auth.ts";
export * from "./credits.ts";
export * from "./jobs.ts";
export * from "./owners.ts";
export * from "./uploads.ts";
