import { Trans } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Button, buttonClass } from "../../shared/ui/button.tsx";
import { ScreenTitle } from "../../shared/ui/screen-title.tsx";

/** No such page. */
export function MissingPage() {
  return (
    <Middle title={<Trans>ไม่พบหน้านี้</Trans>}>
      <Link to="/" className={buttonClass("primary")}>
        <Trans>กลับหน้าแรก</Trans>
      </Link>
    </Middle>
  );
}

/** A page that broke, or whose code is gone after an update; the draft is kept in the browser. */
export function BrokenPage() {
  return (
    <Middle title={<Trans>หน้านี้มีปัญหา งานที่ทำค้างไว้ยังอยู่ครบ</Trans>}>
      <Button look="primary" onClick={() => window.location.reload()}>
        <Trans>เปิดใหม่</Trans>
      </Button>
    </Middle>
  );
}

function Middle({ title, children }: { title: ReactNode; children: ReactNode }) {
  return (
    <div className="page-x flex min-h-[60dvh] flex-col items-center justify-center gap-6 text-center">
      <ScreenTitle level="h1" className="text-title font-semibold">
        {title}
      </ScreenTitle>
      {children}
    </div>
  );
}
