/** What a key does while the painter has the focus. */
export type PainterCommand =
  | "brush"
  | "eraser"
  | "swapTool"
  | "wholeImage"
  | "invert"
  | "smaller"
  | "larger"
  | "smallerFast"
  | "largerFast"
  | "undo"
  | "redo"
  | "zoomIn"
  | "zoomOut"
  | "fit"
  | "cancel";

/** The part of a KeyboardEvent a shortcut depends on. */
export interface KeyPress {
  key: string;
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  altKey: boolean;
}

const BY_CODE: Readonly<Record<string, string>> = {
  BracketLeft: "[",
  BracketRight: "]",
  Equal: "=",
  Minus: "-",
  Digit0: "0",
};

/**
 * The Latin key that was meant: `key` when it is ASCII, else the key's place on the keyboard, because
 * a Thai layout sends บ for [ and ผ for Ctrl+Z. Lower case.
 */
export function latinKey(press: Pick<KeyPress, "key" | "code">): string {
  if (/^[\x20-\x7e]+$/.test(press.key)) return press.key.toLowerCase();
  if (press.code.startsWith("Key")) return press.code.slice(3).toLowerCase();
  return BY_CODE[press.code] ?? press.key.toLowerCase();
}

/** The command of a key press, or null when the painter has none for it. */
export function painterCommand(press: KeyPress): PainterCommand | null {
  if (press.altKey) return null;
  const key = latinKey(press);
  if (press.ctrlKey || press.metaKey) {
    if (key === "z") return press.shiftKey ? "redo" : "undo";
    return key === "y" ? "redo" : null;
  }
  switch (key) {
    case "b":
      return "brush";
    case "e":
      return "eraser";
    case "x":
      return "swapTool";
    case "a":
      return "wholeImage";
    case "i":
      return "invert";
    case "[":
      return "smaller";
    case "{":
      return "smallerFast";
    case "]":
      return "larger";
    case "}":
      return "largerFast";
    case "+":
    case "=":
      return "zoomIn";
    case "-":
      return "zoomOut";
    case "0":
      return "fit";
    case "escape":
      return "cancel";
    default:
      return null;
  }
}
