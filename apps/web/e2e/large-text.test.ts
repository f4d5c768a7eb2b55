import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { chromiumPath } from "./chromium-path.ts";
import { launchBrowser } from "./launch-browser.ts";
import { openPage, type OpenPage } from "./open-page.ts";
import { startStudio, type RunningStudio } from "./start-studio.ts";
import { StudioScreen } from "./studio-screen.ts";

let studio: RunningStudio;
let browser: Browser;
let open: OpenPage;
let page: Page;

beforeAll(async () => {
  studio = await startStudio({ SIMULATOR_GPU_MS: "2500", SIMULATOR_QUEUE_MS: "200" });
  browser = await launchBrowser({ chromiumPath: chromiumPath() });
});
afterAll(async () => {
  await browser?.close();
  await studio?.stop();
});
afterEach(() => open.close());

/** Buttons and links that reach out of the page's width, and short words broken over two lines. */
function brokenLayout(): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth > width) {
      found.push(`the page is ${document.documentElement.scrollWidth} px wide`);
    }
    for (const element of document.querySelectorAll("button, a, label, input, h1, h2, p")) {
      const box = element.getBoundingClientRect();
      if (box.width <= 1 || box.height <= 1) continue;
      if (box.left < -0.5 || box.right > width + 0.5) found.push(`outside: ${element.textContent}`);
    }
    const words = new Intl.Segmenter("th", { granularity: "word" });
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
      const box = node.parentElement?.getBoundingClientRect();
      if (box === undefined || box.width <= 1 || box.height <= 1) continue;
      for (const { segment, index, isWordLike } of words.segment(node.textContent ?? "")) {
        if (isWordLike !== true || segment.length > 8) continue;
        const range = document.createRange();
        range.setStart(node, index);
        range.setEnd(node, index + segment.length);
        const lines = new Set([...range.getClientRects()].map(({ bottom }) => Math.round(bottom)));
        if (lines.size > 1) found.push(`broken: ${segment} in ${node.textContent}`);
      }
    }
    return found;
  });
}

/** Opens every screen, and gives what is broken on it. */
async function walkThrough(): Promise<string[]> {
  const screen = new StudioScreen(page);
  const found: string[] = [];
  const look = async (state: string) =>
    found.push(...(await brokenLayout()).map((fault) => `${state}: ${fault}`));
  await page.goto(studio.origin);
  await page.getByText(/ไม่ต้องสมัครก่อน$/).waitFor();
  await look("landing");
  await screen.open(studio.origin);
  await look("empty");
  await screen.takeSample("สินค้า");
  await screen.paint([0.3, 0.6], [0.7, 0.6]);
  await look("painting");
  await screen.choose("วางบนหินอ่อน");
  await look("options");
  await screen.tab("สัดส่วน");
  await look("frames");
  await screen.tab("คำสั่ง");
  // Ready only when the stroke was really painted on the photo.
  await screen.isReady();
  await look("priced");
  const button = await screen.generate.boundingBox();
  const bottom = (button?.y ?? Infinity) + (button?.height ?? 0);
  if (bottom > (page.viewportSize()?.height ?? 0)) found.push(`the button ends at ${bottom} px`);
  await screen.generate.click();
  await page.getByTestId("job-progress").waitFor();
  await look("progress");
  await page.getByTestId("job-done").waitFor();
  await look("done");
  await page.goto(`${studio.origin}/services/photo-restore`);
  await page.getByText("เริ่มจากภาพของคุณ").waitFor();
  await screen.takeSample("ภาพคน");
  await look("restore");
  await screen.tab("คำสั่ง");
  await look("restore details");
  for (const path of ["/jobs", "/wallet", "/privacy"]) {
    await page.goto(`${studio.origin}${path}`);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await look(path);
  }
  return found;
}

test("on a phone 320 px wide nothing is cut and no short word is broken", async () => {
  open = await openPage(browser, "smallPhone");
  page = open.page;
  expect(await walkThrough()).toEqual([]);
});

test.each(["phone", "desktop"] as const)(
  "with text twice as large, nothing is cut and no short word is broken on a %s",
  async (device) => {
    open = await openPage(browser, device);
    page = open.page;
    await page.addInitScript(() => {
      document.addEventListener("DOMContentLoaded", () => {
        document.documentElement.style.fontSize = "200%";
      });
    });
    expect(await walkThrough()).toEqual([]);
  },
);
