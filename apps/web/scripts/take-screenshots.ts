// Writes docs/screens/<state>-<width>.png from the real product: node --conditions=ob-source scripts/take-screenshots.ts
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { launchBrowser } from "../e2e/launch-browser.ts";
import { openPage } from "../e2e/open-page.ts";
import { startStudio, type RunningStudio } from "../e2e/start-studio.ts";
import { StudioScreen } from "../e2e/studio-screen.ts";

const SCREENS = join(import.meta.dirname, "../../../docs/screens");
/** Long enough for each state to be caught; no state is faked. */
const SETTINGS = { SIMULATOR_GPU_MS: "6000", SIMULATOR_QUEUE_MS: "4000" };
const SETTLE_MS = 600;

async function takeAll(studio: RunningStudio, browser: Browser, device: "phone" | "desktop") {
  const { page, close } = await openPage(browser, device);
  const screen = new StudioScreen(page);
  const width = device === "phone" ? 390 : 1280;
  const take = async (state: string) => {
    // Fonts and 120 ms transitions come to rest.
    await page.waitForTimeout(SETTLE_MS);
    await page.screenshot({ path: join(SCREENS, `${state}-${width}.png`) });
  };
  await page.goto(studio.origin);
  await page.getByText(/ไม่ต้องสมัครก่อน$/).waitFor();
  await take("landing");
  await screen.open(studio.origin);
  await take("empty");
  await screen.takeSample("สินค้า");
  await screen.paint([0.08, 0.12], [0.92, 0.12]);
  await screen.paint([0.06, 0.3], [0.24, 0.3]);
  await take("painting");
  await screen.choose("วางบนหินอ่อน");
  await screen.isReady();
  await page.getByTestId("prompt-en").waitFor({ state: "attached" });
  await take("priced");
  await screen.tab("สัดส่วน");
  await page.getByText("4:5", { exact: true }).click();
  await take("frame");
  await page.getByText("ตามภาพเดิม", { exact: true }).click();
  await screen.tab("เลือกแบบ");
  await page.getByRole("button", { name: "ฉากหลัง", exact: true }).click();
  await take("options");
  await screen.isReady();
  await screen.generate.click();
  await page.locator('[data-stage="waiting"]').waitFor();
  await take("queued");
  await page.locator('[role="progressbar"][aria-valuenow]').waitFor();
  await take("drawing");
  await page.getByTestId("job-done").waitFor();
  await take("done");
  await page.getByRole("button", { name: "แก้ใหม่จากต้นฉบับ ใช้ส่วนที่ระบายเดิม" }).click();
  await screen.isReady();
  await studio.control({ scenario: "fail", times: 9 });
  await screen.generate.click();
  await page.getByTestId("job-failed").waitFor();
  await take("failed");
  await studio.control({ scenario: "ok" });
  await close();
}

await mkdir(SCREENS, { recursive: true });
const studio = await startStudio(SETTINGS);
const browser = await launchBrowser({ chromiumPath: undefined });
try {
  await takeAll(studio, browser, "phone");
  await takeAll(studio, browser, "desktop");
} finally {
  await browser.close();
  await studio.stop();
}
