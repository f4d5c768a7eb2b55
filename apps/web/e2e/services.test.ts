import { join } from "node:path";
import type { Page } from "playwright-core";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { openPage } from "./open-page.ts";
import type { RunningStudio } from "./start-studio.ts";
import { StudioScreen } from "./studio-screen.ts";
import { testStudio, type StudioTest } from "./test-studio.ts";

const PHOTOS = join(import.meta.dirname, "../../../fixtures/photos");

let studio: RunningStudio;
let browser: StudioTest["browser"];
let page: Page;
let screen: StudioScreen;

testStudio(
  {
    device: "desktop",
    settings: { SIMULATOR_GPU_MS: "1000", SIMULATOR_QUEUE_MS: "200", GUEST_CREDITS: "60" },
  },
  (parts) => void ({ studio, browser, page, screen } = parts),
);

/** Sends the job as it stands; gives the body of the request. */
async function generate(): Promise<string> {
  await screen.isReady();
  const [request] = await Promise.all([
    page.waitForRequest(/jobs\.create/),
    screen.generate.click(),
  ]);
  await page.getByTestId("job-done").waitFor();
  return request.postData() ?? "";
}

/** The delivered picture's size in px. */
async function resultSize(): Promise<{ width: number; height: number }> {
  const href = await page.getByTestId("download").getAttribute("href");
  const answer = await page.request.get(href ?? "");
  const { width, height } = await sharp(await answer.body()).metadata();
  return { width, height };
}

describe("another frame", () => {
  test("alone needs no painting: the preview says the size, and the result has it", async () => {
    await screen.open(studio.origin);
    await screen.takeSample("สินค้า");
    await page.getByText("1:1", { exact: true }).click();
    await page.getByText(/ภาพที่ได้ 600 × 600 พิกเซล/).waitFor();
    const frame = await page.getByTestId("frame").boundingBox();
    const photo = await page.getByTestId("photo").boundingBox();
    if (frame === null || photo === null) throw new Error("no frame on the stage");
    expect(frame.width / frame.height).toBeCloseTo(1, 1);
    expect(Math.abs(photo.y - frame.y - (frame.height - photo.height) / 2)).toBeLessThan(2);
    expect(await generate()).not.toContain("maskAssetId");
    expect(await resultSize()).toEqual({ width: 600, height: 600 });
    await page.getByText("สัดส่วน 1:1").waitFor();
  });

  test("goes with painting, and what is painted lies where it was painted", async () => {
    await screen.open(studio.origin);
    await screen.takeSample("สินค้า");
    await page.getByText("9:16", { exact: true }).click();
    await screen.paint([0.3, 0.3], [0.7, 0.3]);
    expect(await screen.coveragePercent()).toBeGreaterThan(0);
    await screen.choose("วางบนหินอ่อน");
    expect(await generate()).toContain("maskAssetId");
    expect(await resultSize()).toEqual({ width: 600, height: 1_067 });
    await page.getByText("นอกบริเวณที่ระบาย เหมือนเดิมทุกพิกเซล").waitFor();
  });
});

test("a further picture is sent once, mentioned in the words, kept over a reload, and named in the job", async () => {
  await screen.open(studio.origin);
  await screen.takeSample("ภาพคน");
  await page.getByLabel("เพิ่มรูปที่ 2").setInputFiles(join(PHOTOS, "chelsea.png"));
  await page.getByText("พร้อมใช้").waitFor();
  await page.getByRole("button", { name: "ใส่คำว่า “รูปที่ 2” ในคำสั่ง" }).click();
  const words = page.getByRole("textbox", { name: /บอกเพิ่ม/ });
  expect(await words.inputValue()).toBe("รูปที่ 2 ");
  await words.fill("ใส่แมวจากรูปที่ 2 ไว้ข้าง ๆ");
  await expect.poll(async () => (await screen.keptDraft("qwen-image-edit")).words).toContain("แมว");
  const puts: string[] = [];
  page.on("request", (request) => request.method() === "PUT" && puts.push(request.url()));
  await page.reload();
  await page.getByText("พร้อมใช้").waitFor();
  await page.getByRole("button", { name: "ทั้งภาพ" }).click();
  expect(await generate()).toMatch(/"extraImageAssetIds":\["[0-9a-f-]{36}"\]/);
  expect(puts).toEqual([]);
  await page.getByText("ภาพประกอบ 1 ภาพ").waitFor();
});

test("contradictions stand beside their group and near the button, and stop nothing", async () => {
  await screen.open(studio.origin);
  await screen.takeSample("สินค้า");
  await screen.paint([0.1, 0.1], [0.9, 0.1]);
  await screen.choose("วางบนหินอ่อน");
  await screen.choose("ชายหาดทะเล");
  const sum = page.getByRole("button", { name: /^คำแนะนำ \d+ ข้อ$/ });
  await sum.waitFor();
  const group = page
    .locator("li")
    .filter({ has: page.getByRole("button", { name: "ฉากหลัง ชายหาดทะเล" }) });
  const advice = /เลือกฉากไว้มากกว่าหนึ่งแบบ/;
  await group.getByText(advice).waitFor();
  await sum.click();
  expect(await page.getByText(advice).count()).toBe(2);
  await screen.isReady();
  await page.getByRole("button", { name: "เอาออก: ฉากหลัง ชายหาดทะเล" }).click();
  await expect.poll(() => page.getByText(advice).count()).toBe(0);
});

test("words nobody knows are said before paying, and the English can be read", async () => {
  await screen.open(studio.origin);
  await screen.takeSample("สินค้า");
  await page.getByRole("button", { name: "ทั้งภาพ" }).click();
  await page.getByRole("textbox", { name: /บอกเพิ่ม/ }).fill("เพิ่มกฟหกดส บนโต๊ะ");
  await page
    .getByText(/ยังไม่รู้จักคำว่า/)
    .first()
    .waitFor();
  await page.getByText("ดูคำสั่งภาษาอังกฤษที่ส่งจริง").click();
  expect(await page.getByTestId("prompt-en").textContent()).toMatch(/^[A-Z]/);
  await screen.isReady();
});

test("the photo goes along to another service without being sent again, and nothing must be painted there", async () => {
  await screen.open(studio.origin);
  await Promise.all([page.waitForResponse(/uploads\.finish/), screen.takeSample("ภาพคน")]);
  const puts: string[] = [];
  page.on("request", (request) => request.method() === "PUT" && puts.push(request.url()));
  await page.getByRole("link", { name: "ซ่อมภาพเก่า" }).click();
  await page.waitForURL(/photo-restore/);
  await screen.isPhotoOpen();
  await page.getByText("บริการนี้แก้ทั้งภาพ ไม่ต้องระบาย").waitFor();
  const body = await generate();
  expect(body).toContain('"service":"photo-restore"');
  expect(body).toContain('"quotedServiceVersion":"photo-restore@1"');
  expect(puts).toEqual([]);
  expect(await resultSize()).toEqual({ width: 512, height: 512 });
});

test("another photo in progress at the other service is not lost without a question", async () => {
  await screen.open(studio.origin);
  await screen.takeSample("แมว");
  await page.getByRole("link", { name: "ซ่อมภาพเก่า" }).click();
  await page.waitForURL(/photo-restore/);
  await screen.isPhotoOpen();
  await screen.chooseFile(join(PHOTOS, "rocket.jpg"));
  await expect.poll(() => screen.photoLabel()).toContain("640 × 427");
  await page.getByRole("link", { name: "แต่งภาพด้วย AI" }).click();
  await page.getByRole("button", { name: "เปิดภาพที่ค้างไว้" }).click();
  await page.waitForURL(/qwen-image-edit/);
  await screen.isPhotoOpen();
  expect(await screen.photoLabel()).toContain("451 × 300");
});

test("on a phone on its side, photo, a tool, settings and button are in sight together", async () => {
  const open = await openPage(browser, "phoneOnItsSide");
  const side = new StudioScreen(open.page);
  await side.open(studio.origin);
  await side.takeSample("สินค้า");
  await side.choose("วางบนหินอ่อน");
  await side.tab("ระบาย");
  const things = [
    open.page.getByTestId("mask-canvas"),
    open.page.getByRole("button", { name: "แปรงระบาย" }),
    open.page.getByRole("button", { name: "ทั้งภาพ" }),
    side.generate,
  ];
  for (const thing of things) {
    const box = await thing.boundingBox();
    if (box === null) throw new Error("not on the screen");
    expect(box.y).toBeGreaterThanOrEqual(0);
    expect(box.y + box.height).toBeLessThanOrEqual(390);
    expect(box.x + box.width).toBeLessThanOrEqual(844);
  }
  await open.close();
});

test("on a low phone the photo keeps its room, whatever is chosen and advised against", async () => {
  const open = await openPage(browser, "lowPhone");
  const low = new StudioScreen(open.page);
  await low.open(studio.origin);
  await low.takeSample("สินค้า");
  await low.choose("วางบนหินอ่อน");
  await low.choose("ชายหาดทะเล");
  await open.page.getByRole("button", { name: "ทั้งภาพ" }).tap();
  await open.page.getByRole("button", { name: /^คำแนะนำ \d+ ข้อ$/ }).tap();
  await open.page
    .getByText(/เลือกฉากไว้มากกว่าหนึ่งแบบ/)
    .last()
    .waitFor();
  const photo = await open.page.getByTestId("mask-canvas").boundingBox();
  const tabs = await open.page.getByRole("tablist").boundingBox();
  if (photo === null || tabs === null) throw new Error("not on the screen");
  expect(photo.height).toBeGreaterThan(90);
  expect(photo.y + photo.height).toBeLessThanOrEqual(tabs.y);
  await open.close();
});

test("a group one opens stays in sight when the one above it closes", async () => {
  const open = await openPage(browser, "lowPhone");
  const low = new StudioScreen(open.page);
  await low.open(studio.origin);
  await low.takeSample("สินค้า");
  await low.tab("เลือกแบบ");
  await open.page.getByRole("button", { name: "ทรงผมและสีผม" }).tap();
  const second = open.page.getByRole("button", { name: "เครื่องประดับและของสวม" });
  await second.tap();
  const header = await second.boundingBox();
  const tabs = await open.page.getByRole("tablist").boundingBox();
  const bar = await low.generate.boundingBox();
  if (header === null || tabs === null || bar === null) throw new Error("not on the screen");
  expect(header.y).toBeGreaterThanOrEqual(tabs.y + tabs.height);
  expect(header.y + header.height).toBeLessThanOrEqual(bar.y);
  await open.close();
});
