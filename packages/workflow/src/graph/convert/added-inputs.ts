import type { InputSpec, NodeSpec } from "./node-spec.ts";

const IMAGE_UPLOADS = ["image_upload", "video_upload", "animated_image_upload"] as const;
const WITH_3D_VIEW: ReadonlySet<string> = new Set(["Preview3D", "SaveGLB"]);

/** A class's inputs with those the front end itself adds after them: upload buttons, 3D views. */
export function withAddedInputs(classType: string, spec: NodeSpec): readonly InputSpec[] {
  const added: InputSpec[] = [];
  if (spec.inputs.some(isImageUpload)) added.push(addedInput("upload", "IMAGEUPLOAD"));
  if (spec.inputs.some(isAudioUpload)) added.push(addedInput("upload", "AUDIOUPLOAD"));
  if (WITH_3D_VIEW.has(classType)) added.push(addedInput("image", "PREVIEW_3D"));
  const names = new Set(added.map((input) => input.name));
  return [...spec.inputs.filter((input) => !names.has(input.name)), ...added];
}

function isImageUpload(input: InputSpec): boolean {
  return (
    !input.isOptional &&
    input.choices !== null &&
    IMAGE_UPLOADS.some((flag) => input.config.get(flag) === true)
  );
}

function isAudioUpload(input: InputSpec): boolean {
  return !input.isOptional && input.name === "audio" && input.config.get("audio_upload") === true;
}

function addedInput(name: string, type: string): InputSpec {
  return { name, type, choices: null, config: new Map(), isOptional: false };
}
