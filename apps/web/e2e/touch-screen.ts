import type { CDPSession, Page } from "playwright-core";

export interface Finger {
  readonly id: number;
  readonly x: number;
  readonly y: number;
}

/** Fingers on the glass: trusted touches through the browser's own protocol. */
export class TouchScreen {
  readonly #session: CDPSession;

  constructor(session: CDPSession) {
    this.#session = session;
  }

  static async of(page: Page): Promise<TouchScreen> {
    return new TouchScreen(await page.context().newCDPSession(page));
  }

  /** Puts down, moves or lifts fingers: `fingers` are those that touch after it. */
  async touch(type: "touchStart" | "touchMove" | "touchEnd", fingers: readonly Finger[]) {
    await this.#session.send("Input.dispatchTouchEvent", { type, touchPoints: [...fingers] });
  }

  async drag(from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
    await this.touch("touchStart", [{ id: 1, ...from }]);
    for (let step = 1; step <= 15; step += 1) {
      const share = step / 15;
      const x = from.x + (to.x - from.x) * share;
      const y = from.y + (to.y - from.y) * share;
      await this.touch("touchMove", [{ id: 1, x, y }]);
    }
    await this.touch("touchEnd", []);
  }

  /** Spreads two fingers around a point; the second comes right after the first has moved a little. */
  async pinch(at: { x: number; y: number }, o: { fromPx: number; toPx: number }): Promise<void> {
    const fingers = (apart: number) => [
      { id: 1, x: at.x - apart / 2, y: at.y },
      { id: 2, x: at.x + apart / 2, y: at.y },
    ];
    await this.touch("touchStart", fingers(o.fromPx).slice(0, 1));
    await this.touch("touchMove", [{ id: 1, x: at.x - o.fromPx / 2 - 8, y: at.y }]);
    await this.touch("touchStart", fingers(o.fromPx));
    for (let step = 1; step <= 10; step += 1) {
      await this.touch("touchMove", fingers(o.fromPx + ((o.toPx - o.fromPx) * step) / 10));
    }
    await this.touch("touchEnd", []);
  }
}
