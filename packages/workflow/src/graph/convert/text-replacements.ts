import type { LiveNode } from "./live-node.ts";
import { plainText } from "./plain-text.ts";

/** Classes whose `filename_prefix` may name dates and values of other nodes. */
export const SAVING_CLASSES: ReadonlySet<string> = new Set([
  "SaveImage",
  "SaveImageAdvanced",
  "SaveSVGNode",
  "SaveVideo",
  "SaveAnimatedWEBP",
  "SaveWEBM",
  "SaveAudio",
  "SaveAudioMP3",
  "SaveAudioOpus",
  "SaveAudioAdvanced",
  "SaveGLB",
  "Save3DAdvanced",
  "SaveGaussianSplat",
  "SavePointCloud",
  "SaveAnimatedPNG",
  "CLIPSave",
  "VAESave",
  "ModelSave",
  "LoraSave",
  "SaveLatent",
]);

const PLACEHOLDER = /%([^%]+)%/g;
/** What no file name may hold; of the control characters those of ASCII, as in the front end. */
const UNFIT_FOR_FILES = /[/?<>\\:*|"]|(?![\u0080-\u009F])\p{Cc}/gu;

/**
 * Replaces `%date:yyyy-MM-dd%` and `%Node.widget%` in a file name; what cannot be found stays.
 * `now` null: dates stay as well. Local time, as in a browser.
 */
export function replaceText(
  text: string,
  from: { nodes: Iterable<LiveNode>; now: Date | null },
): string {
  return text.replace(PLACEHOLDER, (whole: string, inner: string) => {
    const parts = inner.split(".");
    const [name = "", widgetName] = parts;
    if (parts.length !== 2) {
      const isDate = name.startsWith("date:") && from.now !== null;
      return isDate && from.now !== null ? formatDate(name.slice(5), from.now) : whole;
    }
    const widget = findNode(name, from.nodes)?.widgets.find((w) => w.name === widgetName);
    const value = widget === undefined ? null : plainText(widget.value ?? "");
    return value === null ? whole : value.replaceAll(UNFIT_FOR_FILES, "_");
  });
}

/** A node by the name it was given for this, else by its title. */
function findNode(name: string, nodes: Iterable<LiveNode>): LiveNode | undefined {
  const all = [...nodes];
  return (
    all.find((node) => node.saved.properties.get("Node name for S&R") === name) ??
    all.find((node) => node.title === name)
  );
}

const DATE_PART = /dd?|MM?|hh?|mm?|ss?|yyy?y?/g;

function formatDate(format: string, now: Date): string {
  const parts: ReadonlyMap<string, number> = new Map([
    ["d", now.getDate()],
    ["M", now.getMonth() + 1],
    ["h", now.getHours()],
    ["m", now.getMinutes()],
    ["s", now.getSeconds()],
  ]);
  return format.replace(DATE_PART, (part) => {
    if (part === "yy") return String(now.getFullYear()).slice(2);
    if (part === "yyyy") return String(now.getFullYear());
    const value = parts.get(part.charAt(0));
    return value === undefined ? part : String(value).padStart(part.length, "0");
  });
}
