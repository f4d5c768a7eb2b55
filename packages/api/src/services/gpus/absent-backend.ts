import { type GpuBackend, GpuUnavailable } from "@ob/runpod";

/** Stands in for a backend that rows still name but the configuration no longer does. */
export function absentBackend(name: string): GpuBackend {
  const absent = async (): Promise<never> => {
    throw new GpuUnavailable(`No GPU backend called ${name} is configured.`);
  };
  return {
    name,
    async submit() {
      const reason = `No GPU backend called ${name} is configured.`;
      return { kind: "refused", status: null, reason, retryAfterMs: null };
    },
    report: absent,
    cancel: absent,
    fetchPictures: absent,
    health: absent,
  };
}
