import { useEffect, useRef, type ReactNode } from "react";

/**
 * The heading of a screen. When what had the focus went away with the screen before, the focus comes
 * here, so that keyboard and screen reader go on from the new screen's top.
 */
export function ScreenTitle({
  level: Level,
  className = "",
  children,
}: {
  level: "h1" | "h2";
  className?: string;
  children: ReactNode;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (document.activeElement === null || document.activeElement === document.body) {
      heading.current?.focus({ preventScroll: true });
    }
  }, []);
  return (
    <Level ref={heading} tabIndex={-1} className={`outline-none ${className}`}>
      {children}
    </Level>
  );
}
