import { type ApiGraph, type GpuService, planEdit } from "@ob/workflow";

/** A graph as jobs of one version and mode send it, with pictures that are not there. */
export interface ProbeGraph {
  readonly version: string;
  readonly mode: string;
  readonly graph: ApiGraph;
  /** Names of the pictures it reads. */
  readonly files: readonly string[];
}

const SIDE_PX = 1_024;

/** One graph per version and mode: together they use every class and model file those modes need. */
export function probeGraphs(services: readonly GpuService[], stem: string): ProbeGraph[] {
  return services.flatMap((service) =>
    service.contract.modes.map((mode) => probeGraph(service, mode.id, stem)),
  );
}

function probeGraph(service: GpuService, mode: string, stem: string): ProbeGraph {
  const hasMask = service.contract.mask === "required";
  const resolved = service.resolveInput({ mode, seed: 1, hasMask, extraImages: 0 });
  if (!resolved.ok) throw new Error(`${service.version} ${mode}: ${resolved.problem.code}`);
  const { input } = resolved;
  const maskBounds = hasMask ? { x: 0, y: 0, width: SIDE_PX / 2, height: SIDE_PX / 2 } : null;
  const picture = { width: SIDE_PX, height: SIDE_PX };
  const { plan, prompt } = planEdit(service, { picture, maskBounds, input });
  const files = {
    images: [`${stem}-image.png`],
    mask: plan.mask === null ? null : `${stem}-mask.png`,
  };
  const bound = service.bind({
    mode,
    seed: input.seed,
    params: input.params,
    promptEn: prompt.en,
    plan,
    files,
    filePrefix: stem,
  });
  return { version: service.version, mode, graph: bound.graph, files: bound.files };
}
