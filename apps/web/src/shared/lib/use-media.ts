import { useCallback, useSyncExternalStore } from "react";

/** As Tailwind's `lg:`: from here on picture and controls stand side by side. */
export const WIDE = "(min-width: 64rem)";

/** Whether a media query holds now. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const media = window.matchMedia(query);
      media.addEventListener("change", listener);
      return () => media.removeEventListener("change", listener);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => window.matchMedia(query).matches);
}
