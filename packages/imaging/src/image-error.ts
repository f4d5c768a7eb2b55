/** Why a picture was refused; the same closed codes the API answers with. */
export type ImageErrorCode =
  | "IMAGE_UNREADABLE"
  | "IMAGE_TYPE_UNSUPPORTED"
  | "IMAGE_TOO_MANY_PIXELS"
  | "FILE_TOO_LARGE";

/** A picture that cannot be used. `message` is for operators, never for users. */
export class ImageError extends Error {
  readonly code: ImageErrorCode;

  constructor(code: ImageErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "ImageError";
    this.code = code;
  }
}
