import { expect, test } from "vitest";
import { createLocalDoorbell } from "./local-doorbell.ts";

const never = new AbortController().signal;

test("a ring between two waits is not lost, and two of them count as one", async () => {
  const doorbell = createLocalDoorbell();
  const bell = doorbell.listen("a");
  doorbell.ring("a");
  doorbell.ring("a");
  expect(await bell.next(60_000, never)).toBe("rung");
  expect(await bell.next(0, never)).toBe("timeout");
});

test("a ring wakes every listener of its owner and nobody else", async () => {
  const doorbell = createLocalDoorbell();
  const [one, two, other] = [doorbell.listen("a"), doorbell.listen("a"), doorbell.listen("b")];
  const waits = [one.next(60_000, never), two.next(60_000, never)];
  doorbell.ring("a");
  expect(await Promise.all(waits)).toEqual(["rung", "rung"]);
  expect(await other.next(0, never)).toBe("timeout");
});

test("who is behind is rung once, who has seen the number or a later one is not", async () => {
  const doorbell = createLocalDoorbell();
  const [behind, present, ahead] = [
    doorbell.listen("a"),
    doorbell.listen("a"),
    doorbell.listen("a"),
  ];
  behind.saw(6);
  present.saw(7);
  ahead.saw(8);
  ahead.saw(2);
  for (let again = 0; again < 2; again += 1) {
    doorbell.ringBehind("a", 7);
    expect(await behind.next(0, never)).toBe(again === 0 ? "rung" : "timeout");
    expect(await present.next(0, never)).toBe("timeout");
    expect(await ahead.next(0, never)).toBe("timeout");
  }
});

test("an aborted wait ends at once", async () => {
  const bell = createLocalDoorbell().listen("a");
  const abort = new AbortController();
  const wait = bell.next(60_000, abort.signal);
  abort.abort();
  expect(await wait).toBe("timeout");
  expect(await bell.next(60_000, abort.signal)).toBe("timeout");
});

test("closing ends the wait and leaves no owner behind", async () => {
  const doorbell = createLocalDoorbell();
  const first = doorbell.listen("a");
  const second = doorbell.listen("a");
  const wait = first.next(60_000, never);
  first.close();
  expect(await wait).toBe("timeout");
  expect(doorbell.listenedOwners()).toEqual(["a"]);
  second.close();
  expect(doorbell.listenedOwners()).toEqual([]);
});
