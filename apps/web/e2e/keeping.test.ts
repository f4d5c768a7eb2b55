import { join } from "node:path";
import type { Page } from "playwright-core";
import sharp from "sharp";
import { expect, test } from "vitest";
import type { OpenPage } from "./open-page.ts";
import type { RunningStudio } from "./start-studio.ts";
import { StudioScreen } from "./studio-screen.ts";
import { testStudio } from "./test-studio.ts";

const PHOTOS = join(import.meta.dirname, "../../../fixtures/photos");

let studio: RunningStudio;
let open: OpenPage;
let page: Page;
let screen: StudioScreen;

testStudio(
  { device: "desktop", settings: { SIMULATOR_GPU_MS: "1500", SIMULATOR_QUEUE_MS: "200" } },
  (parts) => void ({ studio, open, page, screen } = parts),
);

async function makePicture(): Promise<void> {
  await screen.paint([0.2, 0.2], [0.6, 0.2]);
  await screen.choose("วางบนหินอ่อน");
  await screen.isReady();
  await screen.generate.click();
  await page.getByTestId("job-done").waitFor();
}

/** What is left of photos in this browser, by store. */
function keptRows(): Promise<Record<string, number>> {
  return page.evaluate(async () => {
    const settled = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve) => {
        request.addEventListener("success", () => resolve(request.result));
      });
    const database = await settled(indexedDB.open("ob-studio"));
    const counts: Record<string, number> = {};
    for (const name of ["photos", "assets", "jobs"]) {
      counts[name] = await settled(database.transaction(name).objectStore(name).count());
    }
    database.close();
    return counts;
  });
}

test("a deleted job is not found any more, and its photo is gone from this browser too", async () => {
  await screen.open(studio.origin);
  await screen.takeSample("สินค้า");
  await makePicture();
  await page.getByRole("link", { name: "งานของฉัน" }).click();
  await page.getByRole("img", { name: /^ภาพที่ได้เมื่อ/ }).click();
  await page.getByTestId("job-done").waitFor();
  await page.goBack();
  expect(await keptRows()).toEqual({ photos: 1, assets: 1, jobs: 1 });
  await page.getByRole("button", { name: /^ลบงานเมื่อ/ }).click();
  await page.getByRole("button", { name: "ลบงานและภาพ" }).click();
  const said = page.getByRole("status").filter({ hasText: "ลบงานและภาพแล้ว" });
  await said.waitFor();
  expect(await said.evaluate((element) => element === document.activeElement)).toBe(true);
  expect(await keptRows()).toEqual({ photos: 0, assets: 0, jobs: 0 });
  open.expectComplaint(/404/);
  await page.goForward();
  await page.getByText("ไม่พบงานนี้").waitFor();
  expect(await page.getByTestId("download").count()).toBe(0);
  await page.getByRole("button", { name: "กลับไปสตูดิโอ" }).click();
  await page.getByText("เริ่มจากภาพของคุณ").waitFor();
});

test("a result heavier than an upload may be is edited further, and no picture travels up", async () => {
  const noise = await sharp({
    create: {
      width: 3_600,
      height: 2_700,
      channels: 3,
      background: "#000",
      noise: { type: "gaussian", mean: 128, sigma: 60 },
    },
  })
    .jpeg({ quality: 60 })
    .toBuffer();
  await screen.open(studio.origin);
  const file = { name: "noise.jpg", mimeType: "image/jpeg", buffer: noise };
  await page.locator("input[type=file]").first().setInputFiles(file);
  await screen.isPhotoOpen();
  await makePicture();
  const bytes = await page.evaluate(async () => {
    const link = document.querySelector('[data-testid="download"]');
    const answer = await fetch(link?.getAttribute("href") ?? "");
    return (await answer.blob()).size;
  });
  expect(bytes).toBeGreaterThan(25_000_000);
  const puts: string[] = [];
  page.on("request", (request) => {
    if (request.method() === "PUT") puts.push(request.url());
  });
  await page.getByRole("button", { name: "แก้ต่อจากภาพนี้" }).click();
  await screen.isPhotoOpen();
  expect(await screen.photoLabel()).toContain("3,600 × 2,700");
  expect(await screen.coveragePercent()).toBe(0);
  await page.getByRole("button", { name: "ทั้งภาพ" }).click();
  await screen.isReady();
  await expect.poll(() => screen.keptDraft("qwen-image-edit")).toEqual({ words: "", steps: 1 });
  await page.reload();
  await screen.isPhotoOpen();
  await screen.isReady();
  expect(puts).toEqual([]);
});

test("a result that cannot be fetched says so on its own screen, and can be tried again", async () => {
  await screen.open(studio.origin);
  await screen.takeSample("แมว");
  await makePicture();
  open.expectComplaint(/net::ERR_FAILED/);
  await page.route("**/files/**", (route) => route.abort());
  const use = page.getByRole("button", { name: "แก้ต่อจากภาพนี้" });
  const jobUrl = page.url();
  await use.click();
  await page.getByRole("alert").filter({ hasText: "ติดต่อเซิร์ฟเวอร์ไม่ได้" }).waitFor();
  expect(page.url()).toBe(jobUrl);
  await page.unroute("**/files/**");
  await use.click();
  await screen.isPhotoOpen();
});

test("a photo painted all over claims nothing about untouched parts", async () => {
  await screen.open(studio.origin);
  await screen.takeSample("แมว");
  await screen.setBrush(100);
  for (const y of [0.1, 0.4, 0.7, 0.95]) await screen.paint([0, y], [1, y]);
  expect(await screen.coveragePercent()).toBe(100);
  await screen.choose("แสงทองยามเย็น");
  await screen.isReady();
  await screen.generate.click();
  await page.getByTestId("job-done").waitFor();
  await page.getByText("แก้ทั้งภาพ จึงไม่มีส่วนเดิมให้เทียบทีละพิกเซล").waitFor();
  expect(await page.getByText("เหมือนเดิมทุกพิกเซล").count()).toBe(0);
});

test("two tabs do not take each other's photo", async () => {
  await screen.open(studio.origin);
  await screen.takeSample("สินค้า");
  const otherPage = await open.openTab();
  const other = new StudioScreen(otherPage);
  await otherPage.goto(`${studio.origin}/services/qwen-image-edit`);
  await otherPage.locator("input[type=file]").first().setInputFiles(join(PHOTOS, "rocket.jpg"));
  await expect.poll(() => other.photoLabel()).not.toBe(await screen.photoLabel());
  await other.paint([0.2, 0.3], [0.6, 0.3]);
  await other.choose("แสงทองยามเย็น");
  await other.isReady();
  await other.generate.click();
  await otherPage.getByTestId("job-done").waitFor();
  // As whoever goes back to a tab does; one behind another draws nothing, and moves no mouse in time.
  await page.bringToFront();
  await makePicture();
  await page.reload();
  await page.getByTestId("job-done").waitFor();
  await page.getByRole("button", { name: "แก้ใหม่จากต้นฉบับ ใช้ส่วนที่ระบายเดิม" }).click();
  const replace = page.getByRole("button", { name: "แทนที่" });
  const stage = page.locator('[data-testid="painter-stage"][aria-busy="false"]');
  await replace.or(stage).first().waitFor();
  if (await replace.isVisible()) await replace.click();
  await screen.isPhotoOpen();
  expect(await screen.photoLabel()).toContain("600 × 400");
});

test("words the server refuses for their length stop the button, and mending them frees it", async () => {
  await screen.open(studio.origin);
  await screen.takeSample("สินค้า");
  await screen.paint([0.2, 0.2], [0.6, 0.2]);
  const words = page.getByLabel("บอกเพิ่มด้วยคำของคุณเอง (ไม่บังคับ)");
  await words.fill("ก".repeat(2_001));
  await page.getByText("ข้อความยาวเกินไป ลดให้สั้นลงก่อน").waitFor();
  expect(await screen.generate.isDisabled()).toBe(true);
  await words.fill("เปลี่ยนเสื้อเป็นสีฟ้า");
  await screen.isReady();
});

test("being offline is said, and what was asked for goes out by itself afterwards", async () => {
  await screen.open(studio.origin);
  await screen.takeSample("สินค้า");
  await screen.paint([0.2, 0.2], [0.6, 0.2]);
  await screen.choose("วางบนหินอ่อน");
  await screen.isReady();
  open.expectComplaint(/net::ERR_(INTERNET_DISCONNECTED|FAILED)/);
  await page.context().setOffline(true);
  const line = page.getByText("ออฟไลน์อยู่ จะส่งให้เมื่อกลับมาออนไลน์");
  await line.waitFor();
  await screen.generate.click();
  await page.context().setOffline(false);
  await page.getByTestId("job-done").waitFor();
  expect(await line.count()).toBe(0);
});
