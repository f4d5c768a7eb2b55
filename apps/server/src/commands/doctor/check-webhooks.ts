import { isPrivateHost } from "../../boot/is-private-host.ts";
import { broken, type Check, ok, type Patient, skipped, warning } from "./finding.ts";

const TIMEOUT_MS = 8_000;
const LATE = "Results are still fetched, by asking every few seconds, and so some seconds late.";

/** Whether RunPod can ring us at PUBLIC_URL. */
export const checkWebhooks: Check = {
  id: "webhooks",
  title: { en: "Webhooks", th: "การแจ้งกลับจาก RunPod" },
  async run(patient) {
    const { env } = patient;
    if (!env.gpu.backends.some(({ kind }) => kind === "runpod")) {
      return [skipped("Nobody rings from outside: no backend is RunPod's.")];
    }
    if (env.publicUrl === null) {
      return [warning(`PUBLIC_URL is not set, so RunPod cannot ring. ${LATE}`, "Set PUBLIC_URL.")];
    }
    const url = new URL(env.publicUrl);
    if (isPrivateHost(url.hostname)) {
      return [
        warning(
          `PUBLIC_URL is an address RunPod cannot reach. ${LATE}`,
          "Set it to the public address of this studio, or use a tunnel.",
        ),
      ];
    }
    if (url.protocol !== "https:") {
      return [
        broken(
          "PUBLIC_URL is not https: tokens of webhooks and people's sessions can be read on the way.",
          "Put a proxy with a certificate in front.",
        ),
      ];
    }
    return [await ring(patient, env.publicUrl)];
  },
};

async function ring({ fetch }: Patient, origin: string) {
  try {
    const answer = await fetch(`${origin}/health/live`, {
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await answer.text();
    if (answer.status === 200 && text.includes('"ok":true'))
      return ok(`${origin} leads to a studio.`);
    return broken(
      `${origin} answers ${answer.status}, but not as this studio does.`,
      "Let the proxy hand every path on, /webhooks too, without login, challenge or redirect.",
    );
  } catch (error) {
    const cause = error instanceof Error ? error.cause : null;
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "no answer";
    return broken(
      `${origin} cannot be reached from here (${code}).`,
      "Check its DNS entry, certificate and proxy, and that the server runs.",
    );
  }
}
