export { type PictureFormat } from "./convert-picture.ts";
export { createImaging, type Imaging, type ImagingOptions } from "./create-imaging.ts";
export { type DecodedUpload, type DecodeUploadOptions } from "./decode-upload.ts";
export { type FinishedResult, type FinishRequest } from "./finish-result.ts";
export { MAX_UPLOAD_BYTES } from "./limits.ts";
export { ImageError, type ImageErrorCode } from "./image-error.ts";
export { type Fidelity } from "./measure-fidelity.ts";
export { type PreparedInputs, type PrepareRequest } from "./prepare-inputs.ts";
