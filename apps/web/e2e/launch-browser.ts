import { existsSync } from "node:fs";
import { chromium, type Browser } from "playwright-core";

const PLACES = ["/usr/bin/chromium", "/usr/bin/google-chrome", "/usr/bin/chromium-browser"];

/** Starts a real Chromium that talks to loopback only. @throws {Error} when none is installed. */
export function launchBrowser(o: { chromiumPath: string | undefined }): Promise<Browser> {
  const executablePath = o.chromiumPath ?? PLACES.find((path) => existsSync(path));
  if (executablePath === undefined) throw new Error("no Chromium: set CHROMIUM_PATH");
  return chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-background-networking",
      "--disable-component-update",
      "--no-proxy-server",
    ],
  });
}
