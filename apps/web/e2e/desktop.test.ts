import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterEach, describe, expect, test } from "vitest";
import { expectChangedOnlyAround } from "./expect-changed-only-around.ts";
import { noteProcedures, notePuts } from "./note-requests.ts";
import type { OpenPage } from "./open-page.ts";
import type { RunningStudio } from "./start-studio.ts";
import type { StudioScreen } from "./studio-screen.ts";
import { testStudio } from "./test-studio.ts";

const PHOTOS = join(import.meta.dirname, "../../../fixtures/photos");
const PHONE_PHOTO = join(PHOTOS, "coffee-12mp-rotated.jpg");

let studio: RunningStudio;
let open: OpenPage;
let page: Page;
let screen: StudioScreen;

testStudio(
  {
    device: "desktop",
    settings: {
      SIMULATOR_GPU_MS: "3000",
      SIMULATOR_QUEUE_MS: "500",
      // A try that failed is followed by the next at once.
      GPU_FIGURES: "backoffMs=200",
    },
  },
  (parts) => void ({ studio, open, page, screen } = parts),
);
afterEach(() => studio.control({ scenario: "ok" }));

describe("the whole journey with a 12 MP photo from a phone", () => {
  test("ends with a picture that is the photo itself outside the painted area", async () => {
    await screen.open(studio.origin);
    await screen.chooseFile(PHONE_PHOTO);
    expect(await screen.photoLabel()).toContain("4,032 × 3,024");
    await screen.setBrush(40);
    await screen.paint([0.3, 0.4], [0.7, 0.4]);
    const coverage = await screen.coveragePercent();
    expect(coverage).toBeGreaterThanOrEqual(1);
    expect(coverage).toBeLessThan(20);
    await screen.choose("วางบนหินอ่อน");
    await screen.isReady();
    const asked = noteProcedures(page);
    await screen.generate.dblclick();
    await page.locator('[data-stage="drawing"]').waitFor();
    await page.locator('[role="progressbar"][aria-valuenow]').waitFor();
    const jobUrl = page.url();
    expect(jobUrl).toMatch(/\?job=[0-9a-f-]{36}$/);
    expect(asked.filter((path) => path === "jobs.create")).toHaveLength(1);
    await page.reload();
    await page.getByTestId("job-progress").waitFor();
    await page.getByTestId("job-done").waitFor();
    expect(asked).not.toContain("jobs.get");
    expect(asked).not.toContain("jobs.list");
    expect(await page.title()).toMatch(/^✓/);
    await page.getByText("นอกบริเวณที่ระบาย เหมือนเดิมทุกพิกเซล").waitFor();

    const downloading = page.waitForEvent("download");
    await page.getByTestId("download").click();
    const download = await downloading;
    expect(download.suggestedFilename()).toMatch(/^[\w.-]+\.png$/);
    const result = await readFile(await download.path());
    await expectChangedOnlyAround(
      { original: PHONE_PHOTO, result },
      { y: 0.4, x: [0.3, 0.7], brushShare: 0.12 },
    );
  });
});

test("a failed job returns its credits, and trying again keeps photo and mask", async () => {
  await screen.prepareSampleJob(studio.origin);
  await studio.control({ scenario: "fail", times: 9 });
  await screen.generate.click();
  await page.getByTestId("job-failed").waitFor();
  await page.getByText("คืน 3 เครดิตให้แล้ว").waitFor();
  await page.getByTestId("balance").getByText("20 เครดิต").waitFor();
  await studio.control({ scenario: "ok" });
  const failedUrl = page.url();
  await page.getByRole("button", { name: /^ลองอีกครั้ง/ }).click();
  await page.getByTestId("job-done").waitFor();
  expect(page.url()).not.toBe(failedUrl);
  await page.getByRole("button", { name: "แก้ใหม่จากต้นฉบับ ใช้ส่วนที่ระบายเดิม" }).click();
  await screen.isPhotoOpen();
  expect(await screen.coveragePercent()).toBeGreaterThan(0);
  await screen.isReady();
});

test("a job can be cancelled in the queue and costs nothing", async () => {
  await screen.prepareSampleJob(studio.origin);
  await studio.control({ scenario: "slow" });
  await screen.generate.click();
  await page.getByRole("button", { name: "ยกเลิกงาน" }).click();
  await page.getByTestId("job-failed").getByText("ยกเลิกแล้ว").waitFor();
  expect(await page.getByTestId("job-news").textContent()).toBe("ยกเลิกแล้ว");
  const title = page.getByRole("heading", { name: "ยกเลิกแล้ว" });
  expect(await title.evaluate((element) => element === document.activeElement)).toBe(true);
  await page.getByTestId("balance").getByText("20 เครดิต").waitFor();
});

test("when the stream cannot be had, asking now and then still brings the result", async () => {
  await screen.prepareSampleJob(studio.origin);
  await page.route("**/api/trpc/jobs.onUpdate*", (route) => route.abort());
  open.expectComplaint(/net::ERR_FAILED/);
  const asked = noteProcedures(page);
  await screen.generate.click();
  await page.getByTestId("job-done").waitFor();
  expect(asked).toContain("jobs.get");
});

test("a reload keeps photo, mask, history, choices and words", async () => {
  await screen.prepareSampleJob(studio.origin);
  await page.getByLabel("บอกเพิ่มด้วยคำของคุณเอง (ไม่บังคับ)").fill("ขอแสงนุ่ม ๆ");
  const coverage = await screen.coveragePercent();
  const kept = { words: "ขอแสงนุ่ม ๆ", steps: 1 };
  await expect.poll(() => screen.keptDraft("qwen-image-edit")).toEqual(kept);
  const puts = notePuts(page);
  const asked = noteProcedures(page);
  await page.reload();
  await screen.isPhotoOpen();
  expect(await screen.coveragePercent()).toBe(coverage);
  await page.getByRole("button", { name: "เอาออก: ฉากถ่ายสินค้า วางบนหินอ่อน" }).waitFor();
  expect(await page.getByLabel("บอกเพิ่มด้วยคำของคุณเอง (ไม่บังคับ)").inputValue()).toBe("ขอแสงนุ่ม ๆ");
  await screen.isReady();
  // The mask goes out again; the photo does not.
  await expect.poll(() => puts, { timeout: 15_000 }).toEqual(["image/png"]);
  expect(asked.filter((path) => path === "uploads.create")).toHaveLength(1);
  await page.getByRole("button", { name: "เลิกทำ" }).click();
  expect(await screen.coveragePercent()).toBe(0);
});

test("files that are no pictures keep the photo and say what is wrong, in Thai", async () => {
  await screen.open(studio.origin);
  await screen.takeSample("แมว");
  const before = await screen.photoLabel();
  const jpeg = await readFile(join(PHOTOS, "rocket.jpg"));
  const cases = [
    { name: "empty.png", buffer: Buffer.alloc(0), says: "ไฟล์นี้ว่างเปล่า" },
    { name: "note.png", buffer: Buffer.from("hello"), says: "เปิดไฟล์ชนิดนี้ไม่ได้" },
    { name: "IMG_1.HEIC", buffer: await readFile(join(PHOTOS, "coffee.heic")), says: "HEIC" },
    { name: "half.jpg", buffer: jpeg.subarray(0, 400), says: "เปิดภาพนี้ไม่ได้" },
  ];
  for (const { name, buffer, says } of cases) {
    const chooser = page.locator("input[type=file]").first();
    await chooser.setInputFiles({ name, mimeType: "image/png", buffer });
    await page.getByRole("alert").filter({ hasText: says }).waitFor();
    expect(await screen.photoLabel()).toBe(before);
  }
});

test("the keyboard paints nothing by accident and works on the Thai layout", async () => {
  await screen.open(studio.origin);
  await screen.takeSample("สินค้า");
  await screen.paint([0.2, 0.5], [0.5, 0.5]);
  const painted = await screen.coveragePercent();
  const session = await page.context().newCDPSession(page);
  const press = async (key: string, code: string, modifiers = 0) => {
    for (const type of ["keyDown", "keyUp"] as const) {
      await session.send("Input.dispatchKeyEvent", { type, key, code, modifiers });
    }
  };
  const eraser = page.getByRole("button", { name: "ยางลบ" });
  await press("ำ", "KeyE");
  expect(await eraser.getAttribute("aria-pressed")).toBe("true");
  await press("ผ", "KeyZ", 2);
  expect(await screen.coveragePercent()).toBe(0);
  await press("ผ", "KeyZ", 2 | 8);
  expect(await screen.coveragePercent()).toBe(painted);
  await press("ร", "KeyI");
  expect(await screen.coveragePercent()).toBe(100 - painted);
  await eraser.click();
  await press("b", "KeyB");
  expect(await eraser.getAttribute("aria-pressed")).toBe("false");
});

test("a stroke that leaves the stage and ends outside is kept", async () => {
  await screen.open(studio.origin);
  await screen.takeSample("สินค้า");
  const start = await screen.pointOnPhoto(0.5, 0.5);
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move(1_200, 700, { steps: 10 });
  await page.mouse.up();
  expect(await screen.coveragePercent()).toBeGreaterThan(0);
  const kept = await screen.coveragePercent();
  await page.mouse.move(start.x, start.y, { steps: 5 });
  expect(await screen.coveragePercent()).toBe(kept);
});

test("my work shows what was made, survives a reload, and deletes after asking", async () => {
  await screen.prepareSampleJob(studio.origin);
  await screen.generate.click();
  await page.getByTestId("job-done").waitFor();
  await page.getByRole("link", { name: "งานของฉัน" }).click();
  await page.getByRole("img", { name: /^ภาพที่ได้เมื่อ/ }).waitFor();
  await page.reload();
  await page.getByRole("img", { name: /^ภาพที่ได้เมื่อ/ }).waitFor();
  await page.getByRole("button", { name: /^ลบงานเมื่อ/ }).click();
  await page.getByRole("button", { name: "ลบงานและภาพ" }).click();
  await page.getByText("ยังไม่มีงาน ภาพที่สร้างจะมาอยู่ที่นี่").waitFor();
  await page.getByRole("link", { name: "กระเป๋าเครดิต" }).click();
  await page.getByText("-3").waitFor();
  expect(await page.getByText("-3").count()).toBe(1);
});

test("a picture pasted, or dropped anywhere, is taken like a chosen one", async () => {
  await screen.open(studio.origin);
  const transfer = (name: string) =>
    page.evaluateHandle(async (fileName) => {
      const blob = await (await fetch("/samples/cat.jpg")).blob();
      const data = new DataTransfer();
      data.items.add(new File([blob], fileName, { type: blob.type }));
      return data;
    }, name);
  await page.evaluate(
    (data) =>
      document.body.dispatchEvent(
        new ClipboardEvent("paste", { clipboardData: data, bubbles: true }),
      ),
    await transfer("pasted.jpg"),
  );
  await screen.isPhotoOpen();
  expect(await screen.photoLabel()).toContain("451 × 300");
  await screen.paint([0.3, 0.3], [0.6, 0.3]);
  const dropped = await transfer("dropped.jpg");
  await page.dispatchEvent("body", "dragenter", { dataTransfer: dropped });
  await page.getByText("วางภาพตรงไหนก็ได้").waitFor();
  await page.dispatchEvent("body", "drop", { dataTransfer: dropped });
  await page.getByText("วางภาพตรงไหนก็ได้").waitFor({ state: "detached" });
  await expect.poll(() => screen.coveragePercent()).toBe(0);
});

test("of two files dropped at once the first is opened, and that is said", async () => {
  await screen.open(studio.origin);
  const files = await page.evaluateHandle(async () => {
    const data = new DataTransfer();
    for (const name of ["cat.jpg", "product.jpg"]) {
      const blob = await (await fetch(`/samples/${name}`)).blob();
      data.items.add(new File([blob], name, { type: blob.type }));
    }
    return data;
  });
  await page.dispatchEvent("body", "drop", { dataTransfer: files });
  await screen.isPhotoOpen();
  await page.getByText("ใช้ได้ทีละภาพ เปิดภาพแรกให้แล้ว").waitFor();
  expect(await screen.photoLabel()).toContain("451 × 300");
});

test("Space moves the picture, the wheel zooms, and neither changes the mask", async () => {
  await screen.open(studio.origin);
  await screen.takeSample("สินค้า");
  await screen.paint([0.2, 0.5], [0.5, 0.5]);
  const painted = await screen.coveragePercent();
  const box = () => page.getByTestId("mask-canvas").boundingBox();
  const first = await box();
  await page.keyboard.down("Space");
  await screen.paint([0.5, 0.5], [0.6, 0.6]);
  await page.keyboard.up("Space");
  const moved = await box();
  expect(moved?.x).toBeGreaterThan(first?.x ?? Infinity);
  expect(moved?.width).toBeCloseTo(first?.width ?? 0, 3);
  await page.mouse.wheel(0, -120);
  await expect.poll(async () => (await box())?.width).toBeGreaterThan((first?.width ?? 0) * 1.2);
  await page.getByRole("button", { name: /^พอดีจอ/ }).click();
  await expect.poll(async () => (await box())?.width).toBeCloseTo(first?.width ?? 0, 3);
  expect(await screen.coveragePercent()).toBe(painted);
});

test("Ctrl+Enter generates once, also from the text field", async () => {
  await screen.prepareSampleJob(studio.origin);
  const asked = noteProcedures(page);
  await page.getByLabel("บอกเพิ่มด้วยคำของคุณเอง (ไม่บังคับ)").press("Control+Enter");
  await page.keyboard.press("Control+Enter");
  await page.getByTestId("job-progress").waitFor();
  expect(asked.filter((path) => path === "jobs.create")).toHaveLength(1);
});
