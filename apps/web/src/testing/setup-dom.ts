import { cleanup, configure } from "@testing-library/react";
import { afterAll, afterEach, beforeAll, beforeEach, vi } from "vitest";
import { mockServer } from "./mock-server.ts";

// A page that complains in the console is broken, whatever else it shows.
let complaints: unknown[][] = [];

// The first visit of a lazy page compiles it.
configure({ asyncUtilTimeout: 15_000 });

beforeAll(() => {
  mockServer.listen({ onUnhandledFrame: "error" });
  // jsdom lays nothing out and draws no canvas; what is measured in pixels is tested in a real browser.
  vi.stubGlobal("ResizeObserver", NoLayout);
  // A window 1024 px wide, as jsdom says it is, is wide.
  vi.stubGlobal("matchMedia", () => ({
    matches: true,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));
  Element.prototype.scrollIntoView = () => undefined;
  HTMLDialogElement.prototype.showModal = function showModal() {
    this.setAttribute("open", "");
  };
  HTMLDialogElement.prototype.close = function close() {
    this.removeAttribute("open");
  };
});

beforeEach(() => {
  complaints = [];
  vi.spyOn(console, "error").mockImplementation((...words: unknown[]) => complaints.push(words));
  vi.spyOn(window, "scrollTo").mockImplementation(() => undefined);
});

afterEach(() => {
  cleanup();
  localStorage.clear();
  mockServer.resetHandlers();
  vi.restoreAllMocks();
  if (complaints.length > 0) throw new Error(`the console heard: ${String(complaints[0])}`);
});

afterAll(() => mockServer.close());

class NoLayout {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}
