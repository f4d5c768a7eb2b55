import { useEffect, useRef, type ReactNode } from "react";
import { Button } from "./button.tsx";

/** A native modal dialog with one question and two answers. Esc and the first button keep things as they are. */
export function ConfirmDialog({
  title,
  children,
  confirmLabel,
  cancelLabel,
  onConfirm,
  onCancel,
}: {
  title: string;
  children: ReactNode;
  confirmLabel: string;
  cancelLabel: string;
  onConfirm: () => void;
  onCancel: () => void;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-label={title}
      onCancel={onCancel}
      className="w-[min(92vw,26rem)] rounded-sheet border border-hairline bg-ink-1 p-6 text-text-1 shadow-sheet backdrop:bg-ink-0/70"
    >
      <h2 className="text-title-s font-semibold">{title}</h2>
      <div className="mt-2 text-text-2">{children}</div>
      <div className="mt-6 flex flex-wrap justify-end gap-3">
        <Button look="quiet" onClick={onCancel}>
          {cancelLabel}
        </Button>
        <Button look="danger" onClick={onConfirm}>
          {confirmLabel}
        </Button>
      </div>
    </dialog>
  );
}
