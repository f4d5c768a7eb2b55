import { isGraphLink } from "../graph/api-graph.ts";
import type { InputError } from "./graph-verdict.ts";
import type { CheckProfile } from "./check-profile.ts";
import { unwrapValue } from "./check-widget.ts";
import { PythonError } from "./python-error.ts";
import { pythonTypeName } from "./python-text.ts";

/** Classes that look for the file themselves (`VALIDATE_INPUTS(s, image)`). */
const IMAGE_LOADERS: readonly string[] = ["LoadImage", "LoadImageMask", "LoadImageOutput"];

/** Whether a class validates this input with its own function, in place of range and list. */
export function checksItself(classType: string, inputName: string): boolean {
  return inputName === "image" && IMAGE_LOADERS.includes(classType);
}

/**
 * What a loader says about its file, `null` when it is there.
 * @throws {PythonError} where the loader's own function would raise: no name, a link, not a text.
 */
export function checkImageFile(
  inputs: Readonly<Record<string, unknown>>,
  o: { classType: string; files: ReadonlySet<string>; profile: CheckProfile },
): InputError | null {
  if (!checksItself(o.classType, "image")) return null;
  const image = Object.hasOwn(inputs, "image") ? unwrapValue(inputs["image"]) : undefined;
  if (image === undefined || isGraphLink(image)) {
    const owner = o.classType === "LoadImageMask" ? "LoadImageMask" : "LoadImage";
    throw new PythonError(
      "TypeError",
      `${owner}.VALIDATE_INPUTS() missing 1 required positional argument: 'image'`,
    );
  }
  if (typeof image !== "string") {
    const type = pythonTypeName(image);
    throw new PythonError("AttributeError", `'${type}' object has no attribute 'endswith'`);
  }
  const exists = o.profile === "strict" ? isFlatFile(image, o.files) : isReachable(image, o.files);
  return exists
    ? null
    : {
        type: "custom_validation_failed",
        message: "Custom validation failed for node",
        details: `image - Invalid image file: ${image}`,
        extra_info: { input_name: "image" },
      };
}

/** The folder a name is annotated with, `"name.png [input]"`, and the name without it. */
function readAnnotation(image: string): { name: string; folder: "input" | "output" | "temp" } {
  if (image.endsWith("[output]")) return { name: image.slice(0, -9), folder: "output" };
  if (image.endsWith("[input]")) return { name: image.slice(0, -8), folder: "input" };
  if (image.endsWith("[temp]")) return { name: image.slice(0, -7), folder: "temp" };
  return { name: image, folder: "input" };
}

function isFlatFile(image: string, files: ReadonlySet<string>): boolean {
  const { name, folder } = readAnnotation(image);
  return folder === "input" && files.has(name);
}

/**
 * Whether `os.path.exists` would find it. Of the worker's disk we know the input folder; an absolute
 * path or one that leaves the folder names something we cannot see, and ComfyUI lets it pass.
 */
function isReachable(image: string, files: ReadonlySet<string>): boolean {
  const { name, folder } = readAnnotation(image);
  if (name.startsWith("/")) return true;
  const parts: string[] = [];
  for (const part of name.split("/")) {
    if (part === "..") {
      if (parts.length === 0) return leavesFolder(name, folder, files);
      parts.pop();
    } else if (part !== "" && part !== ".") parts.push(part);
  }
  const path = parts.join("/");
  return path === "" || (folder === "input" && files.has(path));
}

/** `../input/a.png` comes back into the folder; anything else beyond it is out of our sight. */
function leavesFolder(name: string, folder: string, files: ReadonlySet<string>): boolean {
  const back = `../${folder}/`;
  return name.startsWith(back) && folder === "input" ? files.has(name.slice(back.length)) : true;
}
