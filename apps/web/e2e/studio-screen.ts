import type { Locator, Page } from "playwright-core";

/** The studio as a person uses it: by names on the screen. */
export class StudioScreen {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get stage(): Locator {
    return this.page.getByTestId("painter-stage");
  }

  get generate(): Locator {
    return this.page.getByRole("button", { name: /^สร้างภาพ/ });
  }

  async open(origin: string): Promise<void> {
    await this.page.goto(`${origin}/services/qwen-image-edit`);
    await this.page.getByText("เริ่มจากภาพของคุณ").waitFor();
  }

  async chooseFile(path: string): Promise<void> {
    await this.page.locator("input[type=file]").first().setInputFiles(path);
    await this.isPhotoOpen();
  }

  async takeSample(name: string): Promise<void> {
    await this.page.getByRole("button", { name, exact: true }).click();
    await this.isPhotoOpen();
  }

  /** What assistive technology is told of the photo: its size and how much is selected. */
  async photoLabel(): Promise<string> {
    return (await this.page.getByTestId("photo").getAttribute("aria-label")) ?? "";
  }

  /** Sets the brush's slider, 0 to 100. */
  async setBrush(step: number): Promise<void> {
    await this.page.getByRole("slider", { name: "ขนาดแปรง" }).fill(String(step));
  }

  async isPhotoOpen(): Promise<void> {
    await this.page.locator('[data-testid="painter-stage"][aria-busy="false"]').waitFor();
  }

  /** Where a share of the photo lies on the page, in CSS px. */
  async pointOnPhoto(x: number, y: number): Promise<{ x: number; y: number }> {
    const box = await this.page.getByTestId("mask-canvas").boundingBox();
    if (box === null) throw new Error("no photo on the stage");
    return { x: box.x + box.width * x, y: box.y + box.height * y };
  }

  /** Drags the mouse from one share of the photo to another. */
  async paint(from: readonly [number, number], to: readonly [number, number]): Promise<void> {
    const start = await this.pointOnPhoto(...from);
    const end = await this.pointOnPhoto(...to);
    await this.page.mouse.move(start.x, start.y);
    await this.page.mouse.down();
    await this.page.mouse.move(end.x, end.y, { steps: 20 });
    await this.page.mouse.up();
  }

  /** Share of the photo that is selected in percent, as the stage tells assistive technology. */
  async coveragePercent(): Promise<number> {
    return Number(/(\d+)%/.exec(await this.photoLabel())?.[1] ?? "NaN");
  }

  /** Opens a tab where the screen has tabs. */
  async tab(name: string): Promise<void> {
    const tab = this.page.getByRole("tab", { name });
    if (await tab.isVisible()) await tab.click();
  }

  /** Finds a choice by its title as a person would, where there are too many to lay out. */
  async choose(choice: string): Promise<void> {
    await this.tab("เลือกแบบ");
    const search = this.page.getByRole("searchbox");
    const isFolded = await search.isVisible();
    if (isFolded) await search.fill(choice);
    await this.page.getByRole("button", { name: choice, exact: true }).click();
    if (isFolded) await search.fill("");
  }

  /** The draft as the browser has kept it: its words and how many steps made its mask. */
  keptDraft(serviceId: string): Promise<{ words: unknown; steps: unknown }> {
    return this.page.evaluate(async (key) => {
      const settled = <T>(request: IDBRequest<T>) =>
        new Promise<T>((resolve, reject) => {
          request.addEventListener("success", () => resolve(request.result));
          request.addEventListener("error", () => reject(request.error ?? new Error("IndexedDB")));
        });
      const part = (value: unknown, name: string): unknown =>
        typeof value === "object" && value !== null ? Reflect.get(value, name) : null;
      const database = await settled(indexedDB.open("ob-studio"));
      const drafts = database.transaction("drafts").objectStore("drafts");
      const draft = await settled<unknown>(drafts.get(key));
      database.close();
      return { words: part(draft, "prompt"), steps: part(part(draft, "history"), "head") };
    }, serviceId);
  }

  /** Waits until the button can be pressed: photo and mask sent, price known. */
  async isReady(): Promise<void> {
    await this.page.getByRole("button", { name: /^สร้างภาพ/, disabled: false }).waitFor();
  }

  /** From the sample to a button that can be pressed. */
  async prepareSampleJob(origin: string): Promise<void> {
    await this.open(origin);
    await this.takeSample("สินค้า");
    await this.paint([0.2, 0.2], [0.6, 0.2]);
    await this.choose("วางบนหินอ่อน");
    await this.isReady();
  }
}
