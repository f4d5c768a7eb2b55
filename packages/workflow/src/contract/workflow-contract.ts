import type * as z from "zod";

import { contractProblems } from "./contract-problems.ts";
import { ContractShape, type WorkflowContract } from "./contract-shape.ts";

export type {
  BindingName,
  Bindings,
  BindingTarget,
  Limits,
  Mode,
  NodeClass,
  OptionChoice,
  OptionGroup,
  Param,
  RequiredModel,
  TemplateVariant,
  WorkflowContract,
} from "./contract-shape.ts";

/**
 * Describes one released version of a GPU service: what it asks, which graphs it may send, which
 * leaves of them an input may set, and what a worker must have. The schema also refuses contracts
 * that contradict themselves (see {@link contractProblems}).
 */
export const WORKFLOW_CONTRACT_V1: z.ZodType<WorkflowContract> = ContractShape.superRefine(
  (contract, context) => {
    for (const message of contractProblems(contract)) context.addIssue({ code: "custom", message });
  },
);
