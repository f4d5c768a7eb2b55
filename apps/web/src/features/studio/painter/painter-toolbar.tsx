import { useLingui } from "@lingui/react/macro";
import type { RefObject } from "react";
import { Brush, Eraser, Maximize, Minus, Plus, Redo2, Undo2 } from "lucide-react";
import { useFormat } from "../../../shared/i18n/use-format.ts";
import { IconButton } from "../../../shared/ui/icon-button.tsx";
import type { Painter } from "./painter.ts";
import { usePainter } from "./use-painter.ts";

const ICON = "size-5";

/** Floats over the photo in every state of painting: tool in hand, undo and redo, zoom. */
export function PainterToolbar({
  painter,
  ref,
}: {
  painter: Painter;
  ref?: RefObject<HTMLDivElement | null>;
}) {
  const { t } = useLingui();
  const { percent } = useFormat();
  const { tool, canUndo, canRedo, zoom } = usePainter(painter);
  const shownZoom = percent(zoom);
  const group = "glass-tool flex rounded-card p-0.5 beside:flex-col";
  return (
    <div
      ref={ref}
      role="toolbar"
      aria-label={t`เครื่องมือระบาย`}
      className="pointer-events-none absolute inset-x-2 z-10 top-2 flex flex-wrap justify-between gap-1 beside:inset-x-auto beside:bottom-3 beside:left-3 beside:top-3 beside:flex-col beside:flex-nowrap beside:overflow-y-auto *:pointer-events-auto"
    >
      <div className={group}>
        <IconButton
          label={t`แปรงระบาย`}
          shortcut="B"
          icon={<Brush className={ICON} />}
          isPressed={tool === "brush"}
          onClick={() => painter.chooseTool("brush")}
        />
        <IconButton
          label={t`ยางลบ`}
          shortcut="E"
          icon={<Eraser className={ICON} />}
          isPressed={tool === "eraser"}
          onClick={() => painter.chooseTool("eraser")}
        />
      </div>
      <div className={group}>
        <IconButton
          label={t`เลิกทำ`}
          shortcut="Control+Z"
          icon={<Undo2 className={ICON} />}
          disabled={!canUndo}
          onClick={() => painter.undo()}
        />
        <IconButton
          label={t`ทำซ้ำ`}
          shortcut="Control+Shift+Z"
          icon={<Redo2 className={ICON} />}
          disabled={!canRedo}
          onClick={() => painter.redo()}
        />
      </div>
      {/* A phone on its side is too low for all of them; two fingers zoom. */}
      <div className={group}>
        <IconButton
          className="not-lg:beside:hidden"
          label={t`ย่อ`}
          shortcut="-"
          icon={<Minus className={ICON} />}
          onClick={() => painter.run("zoomOut")}
        />
        <IconButton
          label={t`พอดีจอ ตอนนี้ ${shownZoom}`}
          shortcut="0"
          icon={<Maximize className={ICON} />}
          onClick={() => painter.fit()}
        />
        <IconButton
          className="not-lg:beside:hidden"
          label={t`ขยาย`}
          shortcut="Plus"
          icon={<Plus className={ICON} />}
          onClick={() => painter.run("zoomIn")}
        />
      </div>
    </div>
  );
}
