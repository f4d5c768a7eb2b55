// Vite for `npm run dev`: node scripts/vite-dev.mjs <port> <host> <server origin>
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ROOT } from "./bootstrap/paths.mjs";

const [port, host, server] = process.argv.slice(2);
const web = join(ROOT, "apps/web");
// Plugins look for their configuration where the process stands.
process.chdir(web);
const { createServer } = await import(
  pathToFileURL(createRequire(join(web, "package.json")).resolve("vite")).href
);

// The Host header stays as the browser sent it: the server compares it with Origin.
const proxied = Object.fromEntries(
  ["/api", "/files", "/health", "/webhooks"].map((path) => [
    path,
    { target: server, changeOrigin: false },
  ]),
);
const vite = await createServer({
  root: web,
  clearScreen: false,
  server: { port: Number(port), host, strictPort: true, proxy: proxied },
});
await vite.listen();

// Our supervisor's end of this pipe closes when it dies.
process.stdin.resume();
process.stdin.on("end", () => process.exit(0));
process.on("SIGTERM", () => process.exit(0));
