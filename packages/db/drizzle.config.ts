import { defineConfig } from "drizzle-kit";

/**
 * `drizzle-kit generate --name <what>` writes the next migration from the schema;
 * `drizzle-kit generate --custom --name <what>` makes an empty one for functions and triggers.
 */
export default defineConfig({
  dialect: "postgresql",
  schema: "./src/schema/index.ts",
  out: "./src/migrations",
});
