export * from "./canvas/index.ts";
export { checkGraph, type CheckGraphOptions } from "./checker/check-graph.ts";
export type { GraphError, GraphVerdict, InputError, NodeErrors } from "./checker/graph-verdict.ts";
export type {
  BindRequest,
  BoundGraph,
  CanvasRequest,
  CompiledPrompt,
  GpuService,
  InputProblem,
  InputProblemCode,
  InputResolution,
  PromptWarning,
  RawServiceInput,
  ServiceInput,
} from "./contract/gpu-service.ts";
export {
  WORKFLOW_CONTRACT_V1,
  type Mode,
  type NodeClass,
  type OptionChoice,
  type OptionGroup,
  type Param,
  type RequiredModel,
  type TemplateVariant,
  type WorkflowContract,
} from "./contract/workflow-contract.ts";
export { ApiGraph, isGraphLink, type ApiNode, type GraphLink } from "./graph/api-graph.ts";
export { canonicalJson } from "./graph/canonical-json.ts";
export { graphHash } from "./graph/graph-hash.ts";
export { parseGraphJson } from "./graph/parse-graph-json.ts";
export { LocalizedText } from "./localized-text.ts";
export { normalizePrompt } from "./prompt/normalize-prompt.ts";
export { findGpuService, findGpuServiceVersion, GPU_SERVICES } from "./services/gpu-services.ts";
export { createServiceRegistry, type ServiceRegistry } from "./services/service-registry.ts";
