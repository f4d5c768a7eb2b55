// Stands in for the server: alive on PORT, and gone when its supervisor is.
import { createServer } from "node:http";
import { givenEnvironment } from "../support/process-environment.ts";

const { PORT, DATABASE_URL, RUNPOD_BASE_URL } = givenEnvironment();
const server = createServer((_request, response) => {
  response.end(JSON.stringify({ database: DATABASE_URL, gpu: RUNPOD_BASE_URL }));
});
server.listen(Number(PORT), "127.0.0.1");
process.stdin.resume();
process.stdin.on("end", () => process.exit(0));
process.on("SIGTERM", () => process.exit(0));
