import { canonicalJson } from "@ob/workflow";
import type { JobInputEcho } from "../../contract/job.ts";
import { sha256Hex } from "../sha256-hex.ts";

/** What decides the words of an instruction. */
export interface WordedRequest {
  readonly ownerId: string;
  readonly serviceVersion: string;
  readonly input: JobInputEcho;
}

/** Names a rewriting: everything asked but the seed, which words do not depend on. */
export function rewriteKey({ ownerId, serviceVersion, input }: WordedRequest): string {
  const { seed: _seed, ...asked } = input;
  return sha256Hex(canonicalJson({ ownerId, serviceVersion, asked }));
}
