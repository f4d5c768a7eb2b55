import { useEffect, type RefObject } from "react";
import type { GestureListening } from "./listen-to-gestures.ts";
import type { Painter } from "./painter.ts";
import { painterCommand } from "./shortcuts.ts";

/** Undo and redo work anywhere but in text fields; single keys while the stage or its toolbar has the focus. */
export function usePainterKeys(o: {
  stage: RefObject<HTMLElement | null>;
  toolbar: RefObject<HTMLElement | null> | null;
  gestures: RefObject<GestureListening | null>;
  painter: Painter;
  isActive: boolean;
}): void {
  const { stage, toolbar, gestures, painter, isActive } = o;
  useEffect(() => {
    if (!isActive) return;
    const listeners = new AbortController();
    const { signal } = listeners;
    const onKey = (event: KeyboardEvent) => {
      if (event.isComposing || isTextField(event.target)) return;
      const focused = document.activeElement;
      const isOnStage = focused === stage.current;
      const isPainting = isOnStage || toolbar?.current?.contains(focused) === true;
      if (event.code === "Space" && isOnStage) {
        event.preventDefault();
        return gestures.current?.setHand(true);
      }
      const command = painterCommand(event);
      if (command === null || (!isPainting && !event.ctrlKey && !event.metaKey)) return;
      if (command === "cancel") return void gestures.current?.cancelStroke();
      event.preventDefault();
      painter.run(command);
    };
    window.addEventListener("keydown", onKey, { signal });
    window.addEventListener(
      "keyup",
      (event) => event.code === "Space" && gestures.current?.setHand(false),
      { signal },
    );
    // Alt-Tab swallows the keyup.
    window.addEventListener("blur", () => gestures.current?.setHand(false), { signal });
    return () => listeners.abort();
  }, [stage, toolbar, gestures, painter, isActive]);
}

/** Whether keys belong to something that is typed into. */
export function isTextField(target: EventTarget | null): boolean {
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && target.type !== "range";
}
