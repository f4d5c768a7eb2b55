import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { chromiumPath } from "./chromium-path.ts";
import { launchBrowser } from "./launch-browser.ts";
import { openPage, type OpenPage } from "./open-page.ts";
import { startStudio, type RunningStudio } from "./start-studio.ts";
import { StudioScreen } from "./studio-screen.ts";

/** What a test works with: the running product, and a fresh browser profile for each test. */
export interface StudioTest {
  readonly studio: RunningStudio;
  readonly browser: Browser;
  readonly open: OpenPage;
  readonly page: Page;
  readonly screen: StudioScreen;
}

/** Starts the product once for the file, opens a page before each test and closes it after. */
export function testStudio(
  o: {
    readonly settings: Readonly<Record<string, string>>;
    readonly device: Parameters<typeof openPage>[1];
  },
  /** Takes the parts before each test begins. */
  onOpen: (test: StudioTest) => void | Promise<void>,
): void {
  let running: { studio: RunningStudio; browser: Browser } | null = null;
  let open: OpenPage | null = null;
  beforeAll(async () => {
    const studio = await startStudio(o.settings);
    const browser = await launchBrowser({ chromiumPath: chromiumPath() });
    running = { studio, browser };
  });
  beforeEach(async () => {
    if (running === null) throw new Error("the studio is not running");
    open = await openPage(running.browser, o.device);
    const { page } = open;
    await onOpen({ ...running, open, page, screen: new StudioScreen(page) });
  });
  afterEach(async () => {
    await open?.close();
    open = null;
  });
  afterAll(async () => {
    await running?.browser.close();
    await running?.studio.stop();
  });
}
