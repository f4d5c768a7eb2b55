import type { InputResolution, RawServiceInput } from "./gpu-service.ts";
import { inputProblem, inputSchema } from "./input-schema.ts";
import type { WorkflowContract } from "./workflow-contract.ts";

/** Checks what users ask of a contract's service and fills in its defaults. */
export function createInputResolver(
  contract: WorkflowContract,
): (raw: RawServiceInput) => InputResolution {
  const schema = inputSchema(contract);
  return (raw) => {
    const parsed = schema.safeParse(raw);
    return parsed.success
      ? { ok: true, input: parsed.data }
      : { ok: false, problem: inputProblem(parsed.error) };
  };
}
