import type { Browser, BrowserContext, Page } from "playwright-core";

/** A page and everything its console complained of. */
export interface OpenPage {
  readonly page: Page;
  /** Says that this complaint belongs to what the test does. */
  expectComplaint(pattern: RegExp): void;
  /** Another tab of the same browser; its complaints count too. */
  openTab(): Promise<Page>;
  /** @throws {Error} when the console complained of something the test did not expect. */
  close(): Promise<void>;
}

const VIEWPORTS = {
  desktop: { width: 1280, height: 800 },
  phone: { width: 390, height: 844 },
  /** A phone whose browser keeps its bars in sight. */
  lowPhone: { width: 390, height: 664 },
  smallPhone: { width: 320, height: 568 },
  phoneOnItsSide: { width: 844, height: 390 },
};

/** Opens a fresh profile: phones have touch, the desktop has a mouse. */
export async function openPage(
  browser: Browser,
  device: keyof typeof VIEWPORTS,
): Promise<OpenPage> {
  const isPhone = device !== "desktop";
  const context = await browser.newContext({
    viewport: VIEWPORTS[device],
    hasTouch: isPhone,
    isMobile: isPhone,
    locale: "th-TH",
    timezoneId: "Asia/Bangkok",
  });
  const heard: string[] = [];
  const expected: RegExp[] = [];
  const openTab = () => openListenedTab(context, heard);
  return {
    page: await openTab(),
    expectComplaint: (pattern) => void expected.push(pattern),
    openTab,
    close: async () => {
      const complaints = heard.filter((text) => !expected.some((pattern) => pattern.test(text)));
      await context.close();
      if (complaints.length > 0) throw new Error(`the console heard: ${complaints.join(" | ")}`);
    },
  };
}

async function openListenedTab(context: BrowserContext, heard: string[]): Promise<Page> {
  const page = await context.newPage();
  page.setDefaultTimeout(45_000);
  page.on("console", (message) => {
    if (message.type() === "error") heard.push(message.text());
  });
  page.on("pageerror", (error) => heard.push(error.message));
  return page;
}
