import { Trans } from "@lingui/react/macro";
import { onlineManager } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";

/** Says that the device is offline; what was asked for waits and goes out by itself. */
export function OfflineLine() {
  const isOnline = useSyncExternalStore(
    (listener) => onlineManager.subscribe(listener),
    () => onlineManager.isOnline(),
  );
  return (
    <div role="status">
      {!isOnline && (
        <p className="page-x border-b border-hairline bg-ink-2 py-2 text-center text-label text-warning">
          <Trans>ออฟไลน์อยู่ จะส่งให้เมื่อกลับมาออนไลน์</Trans>
        </p>
      )}
    </div>
  );
}
