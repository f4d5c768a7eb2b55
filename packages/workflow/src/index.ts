export * from "./canvas/index.ts";
export { checkGraph, type CheckGraphOptions } from "./checker/check-graph.ts";
export { readObjectInfo, type ObjectInfoReading } from "./checker/read-object-info.ts";
export { NODE_TYPES, type NodeType, type NodeTypes } from "./checker/node-types.ts";
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
export { inputSchema } from "./contract/input-schema.ts";
export { pictureProblem } from "./contract/picture-problem.ts";
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
export type { ConvertProblem, ConvertProblemCode } from "./graph/convert/convert-problem.ts";
export {
  convertUiGraph,
  type ConvertOptions,
  type ConvertResult,
} from "./graph/convert/convert-ui-graph.ts";
export { printGraphJson } from "./graph/convert/print-graph-json.ts";
export { graphHash } from "./graph/graph-hash.ts";
export { parseGraphJson } from "./graph/parse-graph-json.ts";
export { LocalizedText } from "./localized-text.ts";
export { findLiterals, type Literal } from "./prompt/find-literals.ts";
export { normalizePrompt } from "./prompt/normalize-prompt.ts";
export { buildRewriteRequest, type RewriteInput } from "./prompt/rewrite/build-rewrite-request.ts";
export type {
  PromptRewriter,
  RewriteMessage,
  RewriteRequest,
  RewriteRules,
} from "./prompt/rewrite/prompt-rewriter.ts";
export {
  readRewrite,
  type RewriteReading,
  type RewriteRefusal,
} from "./prompt/rewrite/read-rewrite.ts";
export { rewriteRules } from "./prompt/rewrite/rewrite-rules.ts";
export { translateRequest, type TranslatedRequest } from "./prompt/thai/translate-request.ts";
export { defineService, type ServiceDefinition } from "./services/define-service.ts";
export { compileEdit, type EditCompilation, type EditRequest } from "./services/compile-edit.ts";
export { GPU_SERVICES } from "./services/gpu-services.ts";
export { planEdit, type PlannedEdit } from "./services/plan-edit.ts";
export { rebuildGraph, type AttemptRecord } from "./services/rebuild-graph.ts";
export { createServiceRegistry, type ServiceRegistry } from "./services/service-registry.ts";
