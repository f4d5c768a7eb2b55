import type { GestureEvent, GestureState, PointerKind } from "./gesture.ts";
import { IDLE, nextGesture } from "./gesture-machine.ts";
import type { Painter } from "./painter.ts";
import { wheelFactor, type StagePoint } from "./view-transform.ts";

export interface GestureListening {
  /** Space is held: the next press moves the picture. */
  setHand(isHeld: boolean): void;
  /** Takes back a stroke that is being drawn; false when none is. */
  cancelStroke(): boolean;
  stop(): void;
}

/** Turns the stage's pointer and wheel events into the painter's gestures until stopped. */
export function listenToGestures(stage: HTMLElement, painter: Painter): GestureListening {
  let state: GestureState = IDLE;
  let isHand = false;
  const listeners = new AbortController();
  const options = { signal: listeners.signal, passive: false };
  const send = (event: GestureEvent) => {
    const next = nextGesture(state, event);
    state = next.state;
    for (const effect of next.effects) painter.apply(effect);
  };
  const at = (event: MouseEvent): StagePoint => {
    const box = stage.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  stage.addEventListener(
    "pointerdown",
    (event) => {
      if (event.pointerType === "mouse" && event.button > 1) return;
      if (event.target !== stage) return;
      event.preventDefault();
      stage.focus({ preventScroll: true });
      stage.setPointerCapture(event.pointerId);
      send({
        kind: "down",
        id: event.pointerId,
        pointer: pointerKind(event.pointerType),
        at: at(event),
        atMs: event.timeStamp,
        hand: isHand || event.button === 1,
      });
    },
    options,
  );
  stage.addEventListener(
    "pointermove",
    (event) => {
      if (state.kind === "idle") return;
      const trail = event.getCoalescedEvents();
      for (const point of trail.length > 0 ? trail : [event]) {
        send({ kind: "move", id: event.pointerId, at: at(point), atMs: event.timeStamp });
      }
    },
    options,
  );
  // On the window, so that a stroke that ends outside is kept even where capture failed.
  window.addEventListener(
    "pointerup",
    (event) => send({ kind: "up", id: event.pointerId, atMs: event.timeStamp }),
    options,
  );
  window.addEventListener(
    "pointercancel",
    (event) => send({ kind: "cancel", id: event.pointerId }),
    options,
  );
  window.addEventListener("blur", () => send({ kind: "blur" }), options);
  stage.addEventListener("wheel", (event) => onWheel(event, at(event), painter), options);
  stage.addEventListener("contextmenu", (event) => event.preventDefault(), options);
  return {
    setHand: (isHeld) => {
      isHand = isHeld;
    },
    cancelStroke: () => {
      if (state.kind !== "drawing") return false;
      send({ kind: "cancel", id: state.id });
      return true;
    },
    stop: () => {
      send({ kind: "blur" });
      listeners.abort();
    },
  };
}

function onWheel(event: WheelEvent, at: StagePoint, painter: Painter): void {
  event.preventDefault();
  if (event.ctrlKey || isMouseWheel(event)) return painter.zoomBy(wheelFactor(event.deltaY), at);
  painter.apply({ kind: "panned", by: { x: -event.deltaX, y: -event.deltaY } });
}

/** A wheel's notch is coarse and straight; a trackpad's scroll is fine or slanted, and moves the picture. */
function isMouseWheel(event: WheelEvent): boolean {
  return event.deltaMode !== 0 || (event.deltaX === 0 && Math.abs(event.deltaY) >= 50);
}

function pointerKind(type: string): PointerKind {
  return type === "touch" || type === "pen" ? type : "mouse";
}
