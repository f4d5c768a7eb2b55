import type { Photo } from "./read-photo.ts";
import type { Service } from "@ob/api";
import { maskKey, visibleOps, type MaskHistory } from "./painter/mask-history.ts";
import type { AppRefusal } from "../../shared/api/app-error.ts";
import type { IntakeProblem } from "./read-photo.ts";
import { Painter } from "./painter/painter.ts";

/** A photo being worked on, with its painter. */
export interface PhotoInWork {
  readonly photo: Photo;
  readonly painter: Painter;
}

/** What the user sees as being wrong with the last file. */
export type PhotoTrouble =
  | { readonly kind: "intake"; readonly problem: IntakeProblem }
  | { readonly kind: "refused"; readonly refusal: AppRefusal }
  | { readonly kind: "unfetched"; readonly cause: unknown }
  | { readonly kind: "manyFiles" };

/** Everything the user has set for the next job. */
export interface Draft {
  /** False until what was kept from before is read. */
  readonly isLoaded: boolean;
  readonly work: PhotoInWork | null;
  /** The photo before this one, until the server has accepted this one. */
  readonly previous: PhotoInWork | null;
  readonly trouble: PhotoTrouble | null;
  readonly options: Readonly<Record<string, string>>;
  readonly prompt: string;
  /** Null = the service's first mode. */
  readonly mode: string | null;
}

export type DraftEvent =
  | { readonly kind: "loaded"; readonly kept: KeptDraft | null }
  | {
      readonly kind: "photoChosen";
      readonly work: PhotoInWork;
      /** More files came at once; only this one is used. */
      readonly isFirstOfMany?: boolean;
    }
  | { readonly kind: "photoAccepted"; readonly photoId: string }
  | { readonly kind: "photoRefused"; readonly photoId: string; readonly refusal: AppRefusal }
  | { readonly kind: "fileRefused"; readonly problem: IntakeProblem }
  | { readonly kind: "fileUnfetched"; readonly cause: unknown }
  | { readonly kind: "troubleRead" }
  | { readonly kind: "optionChosen"; readonly group: string; readonly choice: string | null }
  | { readonly kind: "promptTyped"; readonly prompt: string }
  | { readonly kind: "modeChosen"; readonly mode: string };

/** A draft as it is kept between visits. */
export interface KeptDraft {
  readonly photo: Photo | null;
  readonly history: MaskHistory;
  readonly options: Readonly<Record<string, string>>;
  readonly prompt: string;
  readonly mode: string | null;
}

export const EMPTY_DRAFT: Draft = {
  isLoaded: false,
  work: null,
  previous: null,
  trouble: null,
  options: {},
  prompt: "",
  mode: null,
};

/** One step of the draft. A refused photo gives back the one before it. */
export function nextDraft(draft: Draft, event: DraftEvent): Draft {
  switch (event.kind) {
    case "loaded":
      return event.kept === null ? { ...draft, isLoaded: true } : restored(event.kept);
    case "photoChosen":
      return {
        ...draft,
        previous: draft.work,
        work: event.work,
        trouble: event.isFirstOfMany === true ? { kind: "manyFiles" } : null,
      };
    case "photoAccepted":
      return draft.work?.photo.id === event.photoId ? { ...draft, previous: null } : draft;
    case "photoRefused": {
      if (draft.work?.photo.id !== event.photoId) return draft;
      const trouble = { kind: "refused", refusal: event.refusal } as const;
      return { ...draft, work: draft.previous, previous: null, trouble };
    }
    case "fileRefused":
      return { ...draft, trouble: { kind: "intake", problem: event.problem } };
    case "fileUnfetched":
      return { ...draft, trouble: { kind: "unfetched", cause: event.cause } };
    case "troubleRead":
      return { ...draft, trouble: null };
    case "optionChosen":
      return { ...draft, options: withOption(draft.options, event) };
    case "promptTyped":
      return { ...draft, prompt: event.prompt };
    case "modeChosen":
      return { ...draft, mode: event.mode };
  }
}

function restored(kept: KeptDraft): Draft {
  const { photo, history, options, prompt, mode } = kept;
  const work = photo === null ? null : { photo, painter: new Painter({ picture: photo, history }) };
  return { ...EMPTY_DRAFT, isLoaded: true, work, options, prompt, mode };
}

function withOption(
  options: Draft["options"],
  { group, choice }: { group: string; choice: string | null },
): Draft["options"] {
  const { [group]: _, ...others } = options;
  return choice === null ? others : { ...others, [group]: choice };
}

/** A kept draft without choices and a mode that the service has no more. */
export function fittingDraft(
  kept: KeptDraft,
  service: Pick<Service, "options" | "modes">,
): KeptDraft {
  const options = Object.fromEntries(
    service.options.flatMap((group) => {
      const choice = group.choices.find(({ id }) => id === kept.options[group.id]);
      return choice === undefined ? [] : [[group.id, choice.id]];
    }),
  );
  const mode = service.modes.find(({ id }) => id === kept.mode)?.id ?? null;
  return { ...kept, options, mode };
}

/** Whether two drafts ask for the same picture. */
export function isSameDraft(one: KeptDraft, other: KeptDraft): boolean {
  const key = ({ photo, history, options, prompt, mode }: KeptDraft) =>
    JSON.stringify([
      photo?.id ?? null,
      maskKey(visibleOps(history)),
      Object.entries(options).sort(([a], [b]) => (a < b ? -1 : 1)),
      prompt.trim(),
      mode,
    ]);
  return key(one) === key(other);
}

/** Whether there is anything to tell the model. */
export function hasInstruction(draft: Pick<Draft, "options" | "prompt">): boolean {
  return Object.keys(draft.options).length > 0 || draft.prompt.trim() !== "";
}
