import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { RunningStudio } from "./start-studio.ts";
import type { StudioScreen } from "./studio-screen.ts";
import { testStudio } from "./test-studio.ts";
import { TouchScreen } from "./touch-screen.ts";

const VIEWPORT = { width: 390, height: 844 };

let studio: RunningStudio;
let page: Page;
let screen: StudioScreen;
let fingers: TouchScreen;

testStudio(
  {
    device: "phone",
    // Five credits buy one picture and leave the next one short by one.
    settings: { SIMULATOR_GPU_MS: "2500", SIMULATOR_QUEUE_MS: "300", GUEST_CREDITS: "5" },
  },
  async (parts) => {
    ({ studio, page, screen } = parts);
    fingers = new TouchScreen(await page.context().newCDPSession(page));
  },
);

/** Photo, tool in hand and price button, all on the screen at once. */
async function expectAllInSight(): Promise<void> {
  const brush = page.getByRole("button", { name: "แปรงระบาย" });
  for (const thing of [page.getByTestId("mask-canvas"), brush, screen.generate]) {
    const box = await thing.boundingBox();
    expect(box).not.toBeNull();
    if (box === null) return;
    expect(box.x).toBeGreaterThanOrEqual(0);
    expect(box.y).toBeGreaterThanOrEqual(0);
    expect(box.x + box.width).toBeLessThanOrEqual(VIEWPORT.width);
    expect(box.y + box.height).toBeLessThanOrEqual(VIEWPORT.height);
  }
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(VIEWPORT.width);
}

test("one finger paints, two fingers zoom and leave no mark, two tapped undo", async () => {
  await screen.open(studio.origin);
  await screen.takeSample("สินค้า");
  const from = await screen.pointOnPhoto(0.2, 0.3);
  await fingers.drag(from, await screen.pointOnPhoto(0.8, 0.3));
  const painted = await screen.coveragePercent();
  expect(painted).toBeGreaterThan(2);

  const sizeBefore = await page.getByTestId("mask-canvas").boundingBox();
  await fingers.pinch(await screen.pointOnPhoto(0.5, 0.6), { fromPx: 60, toPx: 150 });
  expect(await screen.coveragePercent()).toBe(painted);
  const sizeAfter = await page.getByTestId("mask-canvas").boundingBox();
  expect((sizeAfter?.width ?? 0) / (sizeBefore?.width ?? 1)).toBeGreaterThan(1.8);

  await fingers.touch("touchStart", [{ id: 1, ...from }]);
  await fingers.touch("touchStart", [
    { id: 1, ...from },
    { id: 2, x: from.x + 60, y: from.y },
  ]);
  await fingers.touch("touchEnd", []);
  await expect.poll(() => screen.coveragePercent()).toBe(0);
});

test("the journey by taps alone, with photo, tool and price in sight all the way", async () => {
  await screen.open(studio.origin);
  await screen.takeSample("สินค้า");
  await expectAllInSight();
  const dot = await screen.pointOnPhoto(0.5, 0.5);
  await page.touchscreen.tap(dot.x, dot.y);
  await expect.poll(() => screen.coveragePercent()).toBeGreaterThan(0);
  await page.getByRole("tab", { name: "เลือกแบบ" }).tap();
  await expectAllInSight();
  await page.getByRole("button", { name: "ฉากถ่ายสินค้า" }).tap();
  await page.getByRole("button", { name: "วางบนหินอ่อน" }).tap();
  await page.getByRole("tab", { name: "คำสั่ง" }).tap();
  await page.getByTestId("prompt-en").waitFor({ state: "attached" });
  await expectAllInSight();
  await screen.isReady();
  await screen.generate.tap();
  await page.getByTestId("job-done").waitFor();
  await page.getByRole("button", { name: "ก่อน", exact: true }).tap();
  const slider = page.getByRole("slider", { name: "เลื่อนเทียบก่อนและหลัง" });
  expect(await slider.inputValue()).toBe("100");
  await page.getByRole("button", { name: "แก้ใหม่จากต้นฉบับ ใช้ส่วนที่ระบายเดิม" }).tap();
  await screen.isPhotoOpen();
  await page.getByText("เครดิตไม่พอ ขาดอีก 1").waitFor();
  expect(await screen.generate.isDisabled()).toBe(true);
  await expectAllInSight();
});

test("whole image must be chosen, and then no mask is sent", async () => {
  await screen.open(studio.origin);
  await screen.takeSample("แมว");
  await screen.choose("แสงทองยามเย็น");
  await page.getByText("ระบายส่วนที่อยากแก้ก่อนนะ หรือเลือก “ทั้งภาพ”").waitFor();
  expect(await screen.generate.isDisabled()).toBe(true);
  await screen.tab("ระบาย");
  await page.getByRole("button", { name: "ทั้งภาพ" }).tap();
  await screen.isReady();
  const [request] = await Promise.all([page.waitForRequest(/jobs\.create/), screen.generate.tap()]);
  expect(request.postData()).not.toContain("maskAssetId");
  await page.getByTestId("job-done").waitFor();
  await page.getByText("แก้ทั้งภาพ จึงไม่มีส่วนเดิมให้เทียบทีละพิกเซล").waitFor();
});

/** Names and sizes of what a finger must hit but can hardly. */
function smallTargets(): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    for (const element of document.querySelectorAll("button, a, label:has(input), summary")) {
      const { width, height } = element.getBoundingClientRect();
      const isInline = getComputedStyle(element).display === "inline";
      if (width === 0 || isInline) continue;
      if (width < 43.5 || height < 43.5) {
        found.push(
          `${element.textContent} ${element.getAttribute("aria-label")} ${width}×${height}`,
        );
      }
    }
    return found;
  });
}

/** Elements whose Thai stands in lines too low for its marks, or whose text is cut. */
function crampedTexts(): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    for (const element of document.querySelectorAll("body *")) {
      const text = [...element.childNodes]
        .filter((node) => node.nodeType === Node.TEXT_NODE)
        .map((node) => node.textContent ?? "")
        .join("");
      // What only a screen reader is told is one pixel high.
      if (!/[\u0E00-\u0E7F]/.test(text) || element.clientHeight === 1) continue;
      const style = getComputedStyle(element);
      const isLow = Number.parseFloat(style.lineHeight) / Number.parseFloat(style.fontSize) < 1.499;
      const isSpaced = style.letterSpacing !== "normal" && style.letterSpacing !== "0px";
      const isCut = element.scrollHeight > element.clientHeight + 1 && style.overflowY === "hidden";
      if (isLow || isSpaced || isCut) found.push(text);
    }
    return found;
  });
}

async function expectAccessible(): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"])
    .analyze();
  const told = violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  expect(told).toEqual([]);
  expect(await smallTargets()).toEqual([]);
  expect(await crampedTexts()).toEqual([]);
}

test("every page is accessible: axe, touch targets, room for Thai marks", async () => {
  await page.goto(studio.origin);
  await page.getByText(/ไม่ต้องสมัครก่อน$/).waitFor();
  await expectAccessible();
  for (const path of ["/jobs", "/wallet", "/privacy", "/no-such-page"]) {
    await page.goto(`${studio.origin}${path}`);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await expectAccessible();
  }
  await screen.open(studio.origin);
  await expectAccessible();
  await screen.takeSample("ภาพคน");
  for (const tab of ["ระบาย", "เลือกแบบ", "สัดส่วน", "คำสั่ง"]) {
    await screen.tab(tab);
    await expectAccessible();
  }
  await screen.choose("เสื้อเชิ้ตขาว");
  await screen.tab("ระบาย");
  await page.getByRole("button", { name: "ทั้งภาพ" }).tap();
  await screen.isReady();
  await screen.generate.tap();
  await page.getByTestId("job-progress").waitFor();
  await expectAccessible();
  await page.getByTestId("job-done").waitFor();
  await expectAccessible();
});
