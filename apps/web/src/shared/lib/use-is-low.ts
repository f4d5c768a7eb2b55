import { useSyncExternalStore } from "react";

/**
 * Whether the window is lower than `heightRem`: large text, a small phone, a phone on its side. Unlike
 * a media query it counts in the page's own text size.
 */
export function useIsLow(heightRem: number): boolean {
  return useSyncExternalStore(subscribe, () => {
    const remPx = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
    return window.innerHeight < heightRem * (Number.isNaN(remPx) ? 16 : remPx);
  });
}

function subscribe(listener: () => void): () => void {
  window.addEventListener("resize", listener);
  // Another text size makes the text another size.
  const observer = new ResizeObserver(listener);
  observer.observe(document.body);
  return () => {
    window.removeEventListener("resize", listener);
    observer.disconnect();
  };
}
