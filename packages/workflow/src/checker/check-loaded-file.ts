import { isGraphLink } from "../graph/api-graph.ts";
import type { InputError } from "./graph-verdict.ts";
import type { CheckProfile } from "./check-profile.ts";
import { unwrapValue } from "./check-widget.ts";
import { PythonError } from "./python-error.ts";
import { pythonTypeName } from "./python-text.ts";

interface FileLoader {
  /** The input that names a file. */
  input: string;
  /** What kind of file it says is invalid. */
  kind: string;
  /** The function that looks for it, as an exception names it. */
  validator: string;
}

/** Classes that look for their file themselves, in place of ComfyUI's range and list. */
const FILE_LOADERS: ReadonlyMap<string, FileLoader> = new Map([
  ["LoadImage", v1Loader("image", "LoadImage")],
  ["LoadImageMask", v1Loader("image", "LoadImageMask")],
  // It inherits the function of LoadImage.
  ["LoadImageOutput", v1Loader("image", "LoadImage")],
  ["LoadLatent", v1Loader("latent", "LoadLatent")],
  ["LoadAudio", { input: "audio", kind: "audio", validator: "LoadAudio.validate_inputs" }],
  ["LoadVideo", { input: "file", kind: "video", validator: "LoadVideo.validate_inputs" }],
]);

function v1Loader(input: string, owner: string): FileLoader {
  return { input, kind: input, validator: `${owner}.VALIDATE_INPUTS` };
}

/** Whether a class looks for the file this input names. */
export function loadsFile(classType: string, inputName: string): boolean {
  return FILE_LOADERS.get(classType)?.input === inputName;
}

/**
 * What a loader says about its file, `null` when it is there.
 * @throws {PythonError} where the loader's own function would raise: no name, a link, not a text.
 */
export function checkLoadedFile(
  inputs: Readonly<Record<string, unknown>>,
  o: { classType: string; files: ReadonlySet<string>; profile: CheckProfile },
): InputError | null {
  const loader = FILE_LOADERS.get(o.classType);
  if (loader === undefined) return null;
  const { input, kind, validator } = loader;
  const given = Object.hasOwn(inputs, input) ? unwrapValue(inputs[input]) : undefined;
  // What comes through a link is not there yet.
  const name = isGraphLink(given) ? null : given;
  if (name === undefined) {
    throw new PythonError(
      "TypeError",
      `${validator}() missing 1 required positional argument: '${input}'`,
    );
  }
  if (typeof name !== "string") {
    const type = pythonTypeName(name);
    throw new PythonError("AttributeError", `'${type}' object has no attribute 'endswith'`);
  }
  const exists = o.profile === "strict" ? isFlatFile(name, o.files) : isReachable(name, o.files);
  return exists
    ? null
    : {
        type: "custom_validation_failed",
        message: "Custom validation failed for node",
        details: `${input} - Invalid ${kind} file: ${name}`,
        extra_info: { input_name: input },
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
  const known = folder === "input" ? files : new Set<string>();
  const parts = name.split("/");
  let place = "";
  for (const [at, part] of parts.entries()) {
    // Nothing lies below a file, not even itself.
    if (!isFolder(place, known)) return false;
    if (part === "" || part === ".") continue;
    if (part === "..") {
      if (place === "") return isBesideInput(parts.slice(at + 1), files);
      place = place.slice(0, Math.max(0, place.lastIndexOf("/")));
      continue;
    }
    place = place === "" ? part : `${place}/${part}`;
    if (!known.has(place) && !isFolder(place, known)) return false;
  }
  return true;
}

function isFolder(place: string, files: ReadonlySet<string>): boolean {
  return place === "" || [...files].some((file) => file.startsWith(`${place}/`));
}

/** A path beyond the folder: it may come back into the input folder, else it is out of our sight. */
function isBesideInput([first, ...rest]: readonly string[], files: ReadonlySet<string>): boolean {
  return first === "input"
    ? isReachable(rest.filter((part) => part !== "").join("/"), files)
    : true;
}
