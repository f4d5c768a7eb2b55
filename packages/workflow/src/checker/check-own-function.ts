import { checkLoadedFile, loadsFile } from "./check-loaded-file.ts";
import type { CheckProfile } from "./check-profile.ts";
import type { InputError } from "./graph-verdict.ts";
import { PythonError } from "./python-error.ts";

/** Its choices are written in the interface, so its function lets every input pass. */
const CUSTOM_COMBO = "CustomCombo";

/** Whether a class validates this input with its own function, in place of range and list. */
export function checksItself(classType: string, inputName: string): boolean {
  return classType === CUSTOM_COMBO || loadsFile(classType, inputName);
}

/**
 * What a class's own function says about its inputs, `null` when nothing or when it has none.
 * @throws {PythonError} where that function would raise.
 */
export function checkOwnFunction(
  inputs: Readonly<Record<string, unknown>>,
  o: { classType: string; files: ReadonlySet<string>; profile: CheckProfile },
): InputError | null {
  if (o.classType === CUSTOM_COMBO && !Object.hasOwn(inputs, "choice")) {
    throw new PythonError(
      "TypeError",
      "CustomComboNode.validate_inputs() missing 1 required positional argument: 'choice'",
    );
  }
  return checkLoadedFile(inputs, o);
}
