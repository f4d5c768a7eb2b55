import { Trans, useLingui } from "@lingui/react/macro";
import { useState, type ReactNode } from "react";
import { ConfirmDialog } from "../../shared/ui/confirm-dialog.tsx";
import { isSameDraft, type KeptDraft } from "./draft.ts";
import { keptDraft, type DraftHandle } from "./use-draft.ts";

/** Asks before something takes the place of a draft that one has gone on working on. */
export function useReplacement(
  { draft }: DraftHandle,
  sent: KeptDraft | null,
): {
  /** The question, while it is open. */
  readonly question: ReactNode;
  /** True at once when nothing would be lost. */
  readonly ask: () => Promise<boolean>;
} {
  const { t } = useLingui();
  const [answer, setAnswer] = useState<((isYes: boolean) => void) | null>(null);
  const ask = () => {
    if (draft.work === null) return Promise.resolve(true);
    if (sent !== null && isSameDraft(keptDraft(draft), sent)) return Promise.resolve(true);
    const { promise, resolve } = Promise.withResolvers<boolean>();
    setAnswer(() => (isYes: boolean) => {
      setAnswer(null);
      resolve(isYes);
    });
    return promise;
  };
  const question = answer !== null && (
    <ConfirmDialog
      title={t`แทนที่งานที่ทำค้างไว้ใช่ไหม`}
      confirmLabel={t`แทนที่`}
      cancelLabel={t`เก็บไว้`}
      onCancel={() => answer(false)}
      onConfirm={() => answer(true)}
    >
      <Trans>ในสตูดิโอมีภาพที่ทำค้างไว้ ส่วนที่ระบายและแบบที่เลือกของภาพนั้นจะหายไป</Trans>
    </ConfirmDialog>
  );
  return { question, ask };
}
