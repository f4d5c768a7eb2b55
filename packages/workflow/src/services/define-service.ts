import { bindContractVariant } from "../contract/bind-variant.ts";
import type { CanvasPlan } from "../canvas/canvas-plan.ts";
import type {
  CanvasRequest,
  CompiledPrompt,
  GpuService,
  ServiceInput,
} from "../contract/gpu-service.ts";
import { pictureProblem } from "../contract/picture-problem.ts";
import { createInputResolver } from "../contract/resolve-input.ts";
import type { WorkflowContract } from "../contract/workflow-contract.ts";

/** What a service says itself; everything else follows from its contract. */
export interface ServiceDefinition {
  contract: WorkflowContract;
  /** Turns an input into one specific English instruction; the same input gives the same text. */
  compilePrompt(input: ServiceInput): CompiledPrompt;
  /** Plans the canvas of a request whose ratio and mode the contract offers. */
  planCanvas(request: CanvasRequest): CanvasPlan;
}

/** A service version out of its contract, its instruction and its canvas. */
export function defineService(definition: ServiceDefinition): GpuService {
  const { contract, compilePrompt, planCanvas } = definition;
  return {
    id: contract.id,
    version: contract.version,
    contract,
    resolveInput: createInputResolver(contract),
    compilePrompt,
    planCanvas(request) {
      if (!contract.ratios.includes(request.ratio)) {
        throw new RangeError(`no such ratio: ${request.ratio}`);
      }
      if (!contract.modes.some(({ id }) => id === request.mode)) {
        throw new RangeError(`no such mode: ${request.mode}`);
      }
      const problem = pictureProblem(contract, request);
      if (problem !== null)
        throw new RangeError(`${contract.version} takes no such ${problem.field}`);
      return planCanvas(request);
    },
    bind: (request) => bindContractVariant(contract, request),
  };
}
