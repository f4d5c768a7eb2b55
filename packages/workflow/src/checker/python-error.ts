/** An exception that ComfyUI's own Python would raise at this point; it becomes part of the verdict. */
export class PythonError extends Error {
  readonly exceptionType: string;

  constructor(exceptionType: string, message: string) {
    super(message);
    this.name = "PythonError";
    this.exceptionType = exceptionType;
  }
}
