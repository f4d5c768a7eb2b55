import type { StagePoint } from "./view-transform.ts";

export type PointerKind = "mouse" | "pen" | "touch";

/** What the pointer did; `atMs` only grows. `hand` = Space or the middle button: move the picture. */
export type GestureEvent =
  | {
      readonly kind: "down";
      readonly id: number;
      readonly pointer: PointerKind;
      readonly at: StagePoint;
      readonly atMs: number;
      readonly hand: boolean;
    }
  | { readonly kind: "move"; readonly id: number; readonly at: StagePoint; readonly atMs: number }
  | { readonly kind: "up"; readonly id: number; readonly atMs: number }
  | { readonly kind: "cancel"; readonly id: number }
  | { readonly kind: "blur" };

export type GestureEffect =
  | { readonly kind: "strokeBegun"; readonly at: StagePoint }
  | { readonly kind: "strokeExtended"; readonly at: StagePoint }
  | { readonly kind: "strokeCommitted" }
  | { readonly kind: "strokeRolledBack" }
  | { readonly kind: "panned"; readonly by: StagePoint }
  | {
      readonly kind: "pinched";
      readonly from: readonly [StagePoint, StagePoint];
      readonly to: readonly [StagePoint, StagePoint];
    }
  | { readonly kind: "undoTapped" }
  | { readonly kind: "redoTapped" };

export interface Finger {
  readonly id: number;
  readonly at: StagePoint;
}

export type GestureState =
  | { readonly kind: "idle" }
  | {
      readonly kind: "armed";
      readonly id: number;
      readonly start: StagePoint;
      readonly sinceMs: number;
    }
  | {
      readonly kind: "drawing";
      readonly id: number;
      readonly pointer: PointerKind;
      readonly last: StagePoint;
      readonly sinceMs: number;
      readonly travelledPx: number;
    }
  | { readonly kind: "panning"; readonly id: number; readonly last: StagePoint }
  | {
      readonly kind: "pinching";
      readonly fingers: readonly Finger[];
      readonly mostFingers: number;
      readonly sinceMs: number;
      readonly movedPx: number;
    };

export interface GestureStep {
  readonly state: GestureState;
  readonly effects: readonly GestureEffect[];
}
