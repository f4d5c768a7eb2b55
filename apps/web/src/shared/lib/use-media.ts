import { useCallback, useSyncExternalStore } from "react";

/** As Tailwind's `lg:`: from here on all controls are in sight at once. */
export const WIDE = "(min-width: 64rem)";

/** As our `beside:` in app.css: picture and controls stand side by side, also on a phone on its side. */
export const BESIDE =
  "(min-width: 64rem), (min-width: 40rem) and (max-height: 30rem) and (orientation: landscape)";

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
