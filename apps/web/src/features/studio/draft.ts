import type { Photo, IntakeProblem } from "./read-photo.ts";
import type { AppRefusal } from "../../shared/api/app-error.ts";
import { maskKey, visibleOps, type MaskHistory } from "./painter/mask-history.ts";
import { Painter } from "./painter/painter.ts";
import {
  EMPTY_SETTINGS,
  fittingSettings,
  settingsChange,
  settingsKey,
  type DraftSettings,
  type SettingsCatalogue,
  type SettingsEvent,
} from "./draft-settings.ts";

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
export interface Draft extends DraftSettings {
  /** False until what was kept from before is read. */
  readonly isLoaded: boolean;
  readonly work: PhotoInWork | null;
  /** The photo before this one, until the server has accepted this one. */
  readonly previous: PhotoInWork | null;
  readonly trouble: PhotoTrouble | null;
  /** Pictures besides the photo, in their order: the first is “picture 2”. */
  readonly extras: readonly Photo[];
  readonly extraTrouble: PhotoTrouble | null;
}

type ExtraEvent =
  | { readonly kind: "extraAdded"; readonly photo: Photo; readonly max: number }
  | { readonly kind: "extraRemoved"; readonly photoId: string }
  | { readonly kind: "extraRefused"; readonly trouble: PhotoTrouble; readonly photoId?: string }
  | { readonly kind: "extraTroubleRead" };

export type DraftEvent =
  | { readonly kind: "loaded"; readonly kept: KeptDraft | null }
  /** The catalogue has another version of the service. */
  | { readonly kind: "serviceChanged"; readonly service: DraftCatalogue }
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
  | ExtraEvent
  | SettingsEvent;

/** A draft as it is kept between visits. */
export interface KeptDraft extends DraftSettings {
  readonly photo: Photo | null;
  readonly history: MaskHistory;
  readonly extras: readonly Photo[];
}

export const EMPTY_DRAFT: Draft = {
  ...EMPTY_SETTINGS,
  isLoaded: false,
  work: null,
  previous: null,
  trouble: null,
  extras: [],
  extraTrouble: null,
};

/** One step of the draft. A refused photo gives back the one before it. */
export function nextDraft(draft: Draft, event: DraftEvent): Draft {
  switch (event.kind) {
    case "loaded":
      return event.kept === null ? { ...draft, isLoaded: true } : restored(event.kept);
    case "serviceChanged":
      return { ...draft, ...fittingChange(draft, event.service) };
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
    case "extraAdded":
    case "extraRemoved":
    case "extraRefused":
    case "extraTroubleRead":
      return { ...draft, ...extrasChange(draft, event) };
    case "optionChosen":
    case "optionsCleared":
    case "promptTyped":
    case "modeChosen":
    case "ratioChosen":
    case "paramSet":
      return { ...draft, ...settingsChange(draft, event) };
  }
}

function extrasChange(
  { extras }: Draft,
  event: ExtraEvent,
): Partial<Pick<Draft, "extras" | "extraTrouble">> {
  switch (event.kind) {
    case "extraAdded":
      if (extras.length >= event.max) return {};
      return { extras: [...extras, event.photo], extraTrouble: null };
    case "extraRemoved":
      return { extras: extras.filter(({ id }) => id !== event.photoId), extraTrouble: null };
    case "extraRefused":
      return {
        extras: extras.filter(({ id }) => id !== event.photoId),
        extraTrouble: event.trouble,
      };
    case "extraTroubleRead":
      return { extraTrouble: null };
  }
}

function restored({ photo, history, ...rest }: KeptDraft): Draft {
  const work = photo === null ? null : { photo, painter: new Painter({ picture: photo, history }) };
  return { ...EMPTY_DRAFT, ...rest, isLoaded: true, work };
}

/** What of a service bounds a draft. */
export type DraftCatalogue = SettingsCatalogue & { readonly images: { readonly max: number } };

/** A kept draft without what the service has no more: choices, a mode, a ratio, further pictures. */
export function fittingDraft(kept: KeptDraft, service: DraftCatalogue): KeptDraft {
  return { ...kept, ...fittingChange(kept, service) };
}

function fittingChange(
  draft: DraftSettings & Pick<KeptDraft, "extras">,
  service: DraftCatalogue,
): DraftSettings & Pick<KeptDraft, "extras"> {
  return {
    ...fittingSettings(draft, service),
    extras: draft.extras.slice(0, service.images.max - 1),
  };
}

/** Whether two drafts ask for the same picture. */
export function isSameDraft(one: KeptDraft, other: KeptDraft): boolean {
  const key = (kept: KeptDraft) =>
    JSON.stringify([
      kept.photo?.id ?? null,
      maskKey(visibleOps(kept.history)),
      kept.extras.map(({ id }) => id),
      settingsKey(kept),
    ]);
  return key(one) === key(other);
}

/**
 * A service's own draft with the photo of another one's: its mask comes along, but a mask painted
 * here on the same photo stays.
 */
export function carriedDraft(from: KeptDraft, own: KeptDraft | null): KeptDraft {
  const isSamePhoto = own !== null && own.photo?.id === from.photo?.id;
  return {
    ...EMPTY_SETTINGS,
    extras: [],
    ...own,
    photo: from.photo,
    history: isSamePhoto ? own.history : from.history,
  };
}
