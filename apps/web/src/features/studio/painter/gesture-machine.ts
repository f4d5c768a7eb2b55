import type { Finger, GestureEffect, GestureEvent, GestureState, GestureStep } from "./gesture.ts";
import type { StagePoint } from "./view-transform.ts";

export const IDLE: GestureState = { kind: "idle" };

/** A finger must move this far, or rest this long, before it paints. */
const ARM_PX = 6;
const ARM_MS = 70;
/** A second finger this early means a pinch was meant: the young stroke is taken back. */
const ROLL_BACK_PX = 24;
const ROLL_BACK_MS = 120;
/** Fingers lifted this soon, this still, were a tap. */
const TAP_MS = 300;
const TAP_PX = 12;

/** One step of the painter's gestures: one finger paints, two move and zoom, two tapped undo, three redo. */
export function nextGesture(state: GestureState, event: GestureEvent): GestureStep {
  switch (event.kind) {
    case "down":
      return onDown(state, event);
    case "move":
      return onMove(state, event);
    case "up":
      return onUp(state, event);
    case "cancel":
      return onCancel(state, event.id);
    case "blur":
      return state.kind === "drawing" ? step(IDLE, [{ kind: "strokeCommitted" }]) : step(IDLE);
  }
}

function step(state: GestureState, effects: readonly GestureEffect[] = []): GestureStep {
  return { state, effects };
}

type DownEvent = Extract<GestureEvent, { kind: "down" }>;
type MoveEvent = Extract<GestureEvent, { kind: "move" }>;
type UpEvent = Extract<GestureEvent, { kind: "up" }>;

function onDown(state: GestureState, event: DownEvent): GestureStep {
  switch (state.kind) {
    case "idle":
      if (event.hand) return step({ kind: "panning", id: event.id, last: event.at });
      if (event.pointer === "touch") {
        return step({ kind: "armed", id: event.id, start: event.at, sinceMs: event.atMs });
      }
      return step(drawingFrom(event), [{ kind: "strokeBegun", at: event.at }]);
    case "armed":
      return step(pinchOf({ id: state.id, at: state.start }, event));
    case "drawing": {
      // A palm beside an active pen or mouse is not a gesture.
      if (state.pointer !== "touch" || event.pointer !== "touch") return step(state);
      const young = event.atMs - state.sinceMs <= ROLL_BACK_MS || state.travelledPx <= ROLL_BACK_PX;
      const pinch = pinchOf({ id: state.id, at: state.last }, event);
      return step(pinch, [{ kind: young ? "strokeRolledBack" : "strokeCommitted" }]);
    }
    case "panning":
      return step(state);
    case "pinching": {
      const fingers = [...state.fingers, { id: event.id, at: event.at }];
      const mostFingers = Math.max(state.mostFingers, fingers.length);
      return step({ ...state, fingers, mostFingers });
    }
  }
}

function onMove(state: GestureState, event: MoveEvent): GestureStep {
  switch (state.kind) {
    case "idle":
      return step(state);
    case "armed": {
      if (event.id !== state.id) return step(state);
      const far = distance(state.start, event.at) >= ARM_PX;
      if (!far && event.atMs - state.sinceMs < ARM_MS) return step(state);
      const begun: GestureState = {
        kind: "drawing",
        id: state.id,
        pointer: "touch",
        last: event.at,
        sinceMs: event.atMs,
        travelledPx: distance(state.start, event.at),
      };
      return step(begun, [
        { kind: "strokeBegun", at: state.start },
        { kind: "strokeExtended", at: event.at },
      ]);
    }
    case "drawing": {
      if (event.id !== state.id) return step(state);
      const travelledPx = state.travelledPx + distance(state.last, event.at);
      return step({ ...state, last: event.at, travelledPx }, [
        { kind: "strokeExtended", at: event.at },
      ]);
    }
    case "panning": {
      if (event.id !== state.id) return step(state);
      const by = { x: event.at.x - state.last.x, y: event.at.y - state.last.y };
      return step({ ...state, last: event.at }, [{ kind: "panned", by }]);
    }
    case "pinching":
      return onPinchMove(state, event);
  }
}

function onPinchMove(
  state: Extract<GestureState, { kind: "pinching" }>,
  event: MoveEvent,
): GestureStep {
  const before = state.fingers;
  const moving = before.find((finger) => finger.id === event.id);
  if (moving === undefined) return step(state);
  const fingers = before.map((finger) =>
    finger.id === event.id ? { id: finger.id, at: event.at } : finger,
  );
  const movedPx = state.movedPx + distance(moving.at, event.at);
  const next: GestureState = { ...state, fingers, movedPx };
  const [a, b] = before;
  const [c, d] = fingers;
  if (a === undefined || b === undefined || c === undefined || d === undefined) return step(next);
  return step(next, [{ kind: "pinched", from: [a.at, b.at], to: [c.at, d.at] }]);
}

function onUp(state: GestureState, event: UpEvent): GestureStep {
  switch (state.kind) {
    case "idle":
      return step(state);
    case "armed":
      if (event.id !== state.id) return step(state);
      return step(IDLE, [{ kind: "strokeBegun", at: state.start }, { kind: "strokeCommitted" }]);
    case "drawing":
      return event.id === state.id ? step(IDLE, [{ kind: "strokeCommitted" }]) : step(state);
    case "panning":
      return event.id === state.id ? step(IDLE) : step(state);
    case "pinching": {
      const fingers = state.fingers.filter((finger) => finger.id !== event.id);
      // The last finger of a pinch may rest on the glass: it must never paint.
      if (fingers.length > 0) return step({ ...state, fingers });
      const tapped = event.atMs - state.sinceMs <= TAP_MS && state.movedPx <= TAP_PX;
      if (!tapped) return step(IDLE);
      return step(IDLE, [{ kind: state.mostFingers === 2 ? "undoTapped" : "redoTapped" }]);
    }
  }
}

function onCancel(state: GestureState, id: number): GestureStep {
  if (state.kind === "idle") return step(state);
  if (state.kind === "pinching") {
    const fingers = state.fingers.filter((finger) => finger.id !== id);
    return step(fingers.length === 0 ? IDLE : { ...state, fingers, movedPx: Infinity });
  }
  if (state.id !== id) return step(state);
  return step(IDLE, state.kind === "drawing" ? [{ kind: "strokeRolledBack" }] : []);
}

function drawingFrom(event: DownEvent): GestureState {
  return {
    kind: "drawing",
    id: event.id,
    pointer: event.pointer,
    last: event.at,
    sinceMs: event.atMs,
    travelledPx: 0,
  };
}

function pinchOf(first: Finger, event: DownEvent): GestureState {
  return {
    kind: "pinching",
    fingers: [first, { id: event.id, at: event.at }],
    mostFingers: 2,
    sinceMs: event.atMs,
    movedPx: 0,
  };
}

function distance(a: StagePoint, b: StagePoint): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
