import { vi } from "vitest";

/** Server-sent events by hand: what the test sends is what the page hears. */
export class FakeEventSource extends EventTarget {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSED = 2;
  static open: FakeEventSource[] = [];
  readonly url: string;
  readyState = FakeEventSource.CONNECTING;

  constructor(url: string) {
    super();
    this.url = url;
    FakeEventSource.open.push(this);
  }

  connect(): void {
    this.readyState = FakeEventSource.OPEN;
    this.dispatchEvent(new Event("open"));
    this.dispatchEvent(new MessageEvent("connected", { data: "{}" }));
  }

  send(id: string, data: unknown): void {
    this.dispatchEvent(
      new MessageEvent("message", { data: JSON.stringify(data), lastEventId: id }),
    );
  }

  close(): void {
    this.readyState = FakeEventSource.CLOSED;
    FakeEventSource.open = FakeEventSource.open.filter((source) => source !== this);
  }
}

/** Puts the fake in the page's place; gives the sources that are open. */
export function useFakeEventSource(): { open: () => readonly FakeEventSource[] } {
  FakeEventSource.open = [];
  vi.stubGlobal("EventSource", FakeEventSource);
  return { open: () => FakeEventSource.open };
}
