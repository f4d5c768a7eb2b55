import { useLingui } from "@lingui/react/macro";
import { Brush, Eraser, Maximize, Minus, Plus, Redo2, Undo2 } from "lucide-react";
import { useFormat } from "../../../shared/i18n/use-format.ts";
import { IconButton } from "../../../shared/ui/icon-button.tsx";
import type { Painter } from "./painter.ts";
import { usePainter } from "./use-painter.ts";

const ICON = "size-5";

/** Floats over the photo in every state of painting: tool in hand, undo and redo, zoom. */
export function PainterToolbar({ painter }: { painter: Painter }) {
  const { t } = useLingui();
  const { percent } = useFormat();
  const { tool, canUndo, canRedo, zoom } = usePainter(painter);
  const shownZoom = percent(zoom);
  const group = "glass-tool flex rounded-card p-0.5 lg:flex-col";
  return (
    <div
      role="toolbar"
      aria-label={t`เครื่องมือระบาย`}
      className="pointer-events-none absolute inset-x-2 top-2 flex justify-between lg:inset-x-auto lg:bottom-3 lg:left-3 lg:top-3 lg:flex-col *:pointer-events-auto"
    >
      <div className={group}>
        <IconButton
          label={t`แปรงระบาย (B)`}
          icon={<Brush className={ICON} />}
          isPressed={tool === "brush"}
          onClick={() => painter.chooseTool("brush")}
        />
        <IconButton
          label={t`ยางลบ (E)`}
          icon={<Eraser className={ICON} />}
          isPressed={tool === "eraser"}
          onClick={() => painter.chooseTool("eraser")}
        />
      </div>
      <div className={group}>
        <IconButton
          label={t`เลิกทำ (Ctrl+Z)`}
          icon={<Undo2 className={ICON} />}
          disabled={!canUndo}
          onClick={() => painter.undo()}
        />
        <IconButton
          label={t`ทำซ้ำ (Ctrl+Shift+Z)`}
          icon={<Redo2 className={ICON} />}
          disabled={!canRedo}
          onClick={() => painter.redo()}
        />
      </div>
      <div className={group}>
        <IconButton
          label={t`ย่อ (-)`}
          icon={<Minus className={ICON} />}
          onClick={() => painter.run("zoomOut")}
        />
        <IconButton
          label={t`พอดีจอ (0) ตอนนี้ ${shownZoom}`}
          icon={<Maximize className={ICON} />}
          onClick={() => painter.fit()}
        />
        <IconButton
          label={t`ขยาย (+)`}
          icon={<Plus className={ICON} />}
          onClick={() => painter.run("zoomIn")}
        />
      </div>
    </div>
  );
}
