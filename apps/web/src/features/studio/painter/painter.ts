import { brushWidthPx, DEFAULT_BRUSH_STEP } from "./brush-size.ts";
import type { GestureEffect } from "./gesture.ts";
import {
  canRedo,
  canUndo,
  EMPTY_HISTORY,
  redone,
  undone,
  visibleOps,
  withOp,
  type MaskHistory,
} from "./mask-history.ts";
import { selectionOf, type MaskOp } from "./mask-op.ts";
import type { MaskSurface } from "./mask-surface.ts";
import type { PainterSnapshot, Tool } from "./painter-snapshot.ts";
import type { PainterCommand } from "./shortcuts.ts";
import {
  fittedFrame,
  keptInSight,
  pannedBy,
  pinched,
  toSource,
  zoomedAt,
  zoomOf,
  type Size,
  type SourceRect,
  type Stage,
  type StagePoint,
  type View,
} from "./view-transform.ts";

const ZOOM_STEP = 1.4;

/** The painter without its elements: tool, view and mask history of one picture. Notifies, never renders. */
export class Painter {
  readonly picture: Size;
  readonly #listeners = new Set<() => void>();
  #surface: MaskSurface | null = null;
  #stage: Stage = { width: 1, height: 1, insetTop: 0, insetLeft: 0 };
  #frame: SourceRect;
  #snapshot: PainterSnapshot;

  constructor(o: { picture: Size; history?: MaskHistory }) {
    this.picture = o.picture;
    this.#frame = { x: 0, y: 0, ...o.picture };
    const history = o.history ?? EMPTY_HISTORY;
    const view = fittedFrame(this.#stage, this.#frame);
    this.#snapshot = {
      tool: "brush",
      brushStep: DEFAULT_BRUSH_STEP,
      history,
      selection: selectionOf(visibleOps(history)),
      coverage: 0,
      view,
      zoom: 1,
      canUndo: canUndo(history),
      canRedo: canRedo(history),
    };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly getSnapshot = (): PainterSnapshot => this.#snapshot;

  /** Brush width in source px. */
  get brushWidthPx(): number {
    const { width, height } = this.picture;
    return brushWidthPx(this.#snapshot.brushStep, Math.max(width, height));
  }

  attach(surface: MaskSurface): void {
    this.#surface = surface;
    surface.redraw(visibleOps(this.#snapshot.history));
    this.#measure();
  }

  detach(): void {
    this.#surface?.release();
    this.#surface = null;
  }

  /** Follows the stage's size; a fitted picture stays fitted. */
  resizeStage(stage: Stage): void {
    this.#refit(() => (this.#stage = stage));
  }

  /** What a fitted view shows whole: the picture with its new margins. */
  setFrame(frame: SourceRect): void {
    this.#refit(() => (this.#frame = frame));
  }

  #refit(change: () => void): void {
    const wasFitted = Math.abs(this.#snapshot.zoom - 1) < 0.001;
    change();
    this.#look(wasFitted ? this.#fitted() : this.#snapshot.view);
  }

  apply(effect: GestureEffect): void {
    const { view, tool } = this.#snapshot;
    switch (effect.kind) {
      case "strokeBegun":
        this.#surface?.beginLive({
          mode: tool === "brush" ? "add" : "erase",
          widthPx: this.brushWidthPx,
          at: toSource(view, effect.at),
        });
        return;
      case "strokeExtended":
        return this.#surface?.extendLive(toSource(view, effect.at));
      case "strokeCommitted": {
        const op = this.#surface?.commitLive() ?? null;
        if (op !== null) this.#remember(withOp(this.#snapshot.history, op), "drawn");
        return;
      }
      case "strokeRolledBack":
        this.#surface?.dropLive();
        return this.#surface?.redraw(visibleOps(this.#snapshot.history));
      case "panned":
        return this.#look(pannedBy(view, effect.by));
      case "pinched":
        return this.#look(pinched(view, { ...effect, fitted: this.#fitted() }));
      case "undoTapped":
        return this.undo();
      case "redoTapped":
        return this.redo();
    }
  }

  run(command: Exclude<PainterCommand, "cancel">): void {
    const { tool, brushStep } = this.#snapshot;
    switch (command) {
      case "brush":
      case "eraser":
        return this.chooseTool(command);
      case "swapTool":
        return this.chooseTool(tool === "brush" ? "eraser" : "brush");
      case "wholeImage":
        return this.addOp({ kind: "fillAll" });
      case "invert":
        return this.addOp({ kind: "invert" });
      case "smaller":
      case "smallerFast":
        return this.sizeBrush(brushStep - (command === "smaller" ? 2 : 8));
      case "larger":
      case "largerFast":
        return this.sizeBrush(brushStep + (command === "larger" ? 2 : 8));
      case "undo":
        return this.undo();
      case "redo":
        return this.redo();
      case "zoomIn":
        return this.zoomBy(ZOOM_STEP);
      case "zoomOut":
        return this.zoomBy(1 / ZOOM_STEP);
      case "fit":
        return this.fit();
    }
  }

  chooseTool(tool: Tool): void {
    this.#update({ tool });
  }

  sizeBrush(brushStep: number): void {
    this.#update({ brushStep: Math.min(Math.max(brushStep, 0), 100) });
  }

  /** Adds a whole-picture operation; one that would change nothing is not recorded. */
  addOp(op: Exclude<MaskOp, { kind: "stroke" }>): void {
    const { selection, history } = this.#snapshot;
    if (this.#surface?.isDrawing === true) return;
    if (op.kind === "clear" && selection === "none") return;
    if (op.kind === "fillAll" && selection === "whole") return;
    this.#surface?.drawOnTop(op);
    this.#remember(withOp(history, op), "drawn");
  }

  undo(): void {
    this.#remember(undone(this.#snapshot.history), "replay");
  }

  redo(): void {
    this.#remember(redone(this.#snapshot.history), "replay");
  }

  fit(): void {
    this.#look(this.#fitted());
  }

  /** Zooms around `anchor`, or the middle of the stage. */
  zoomBy(factor: number, anchor?: StagePoint): void {
    const middle = { x: this.#stage.width / 2, y: this.#stage.height / 2 };
    const fitted = this.#fitted();
    this.#look(zoomedAt(this.#snapshot.view, { anchor: anchor ?? middle, factor, fitted }));
  }

  #fitted(): View {
    return fittedFrame(this.#stage, this.#frame);
  }

  #look(view: View): void {
    const kept = keptInSight(view, { stage: this.#stage, picture: this.picture });
    this.#update({ view: kept, zoom: zoomOf(kept, this.#fitted()) });
  }

  #remember(history: MaskHistory, how: "drawn" | "replay"): void {
    this.#surface?.dropLive();
    const ops = visibleOps(history);
    if (history === this.#snapshot.history) {
      // A full history takes no more: then no ink may be left that is not in it.
      if (how === "drawn") this.#surface?.redraw(ops);
      return;
    }
    if (how === "replay") this.#surface?.redraw(ops);
    else void this.#surface?.keepCheckpoint(ops);
    this.#update({ history, canUndo: canUndo(history), canRedo: canRedo(history) });
    this.#measure();
  }

  #measure(): void {
    const kind = selectionOf(visibleOps(this.#snapshot.history));
    if (kind === "whole") return this.#update({ selection: "whole", coverage: 1 });
    if (kind === "none") return this.#update({ selection: "none", coverage: 0 });
    const coverage = this.#surface?.coverage() ?? 0;
    this.#update({ selection: this.#surface !== null && coverage === 0 ? "none" : kind, coverage });
  }

  #update(change: Partial<PainterSnapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...change };
    for (const listener of this.#listeners) listener();
  }
}
