import { isPrivateHost } from "../../boot/is-private-host.ts";
import { type Check, type Finding, ok, type Patient, warning } from "./finding.ts";

/** A guest's first credits are given away: more than this invites whoever makes guests by the dozen. */
const MANY_CREDITS = 100;
const WEAK_SECRET = /^(.)\1+$|change.?me|secret|password|example/i;

/** Settings that start, and that nobody would want if he knew. */
export const checkSettings: Check = {
  id: "settings",
  title: { en: "Settings", th: "การตั้งค่า" },
  async run(patient) {
    const findings = RULES.flatMap((rule) => rule(patient));
    return findings.length > 0 ? findings : [ok("Every variable can be read; none is dangerous.")];
  },
};

const isPublic = ({ env }: Patient): boolean =>
  env.publicUrl !== null && !isPrivateHost(new URL(env.publicUrl).hostname);

const RULES: readonly ((patient: Patient) => Finding[])[] = [
  (patient) =>
    isPublic(patient) && !patient.env.production
      ? [
          warning(
            "PUBLIC_URL is a public address, and NODE_ENV is not production: defaults meant for trying out are allowed.",
            "Set NODE_ENV=production; the server then lists everything it still needs.",
          ),
        ]
      : [],
  (patient) =>
    isPublic(patient) && patient.env.gpu.backends.some(({ kind }) => kind === "simulator")
      ? [
          warning(
            "PUBLIC_URL is a public address, and pictures come from the simulator: people pay for pictures marked SIMULATED.",
            "Set GPU_BACKEND to runpod or comfyui.",
          ),
        ]
      : [],
  (patient) =>
    isPublic(patient) && patient.env.trustedProxyHops === 0
      ? [
          warning(
            "TRUSTED_PROXY_HOPS is 0: behind a proxy everybody has the proxy's address and shares its limits.",
            "Set TRUSTED_PROXY_HOPS to the number of proxies of yours, unless people reach the server itself.",
          ),
        ]
      : [],
  ({ env }) =>
    env.host !== "127.0.0.1" && env.host !== "localhost" && env.host !== "::1" && !env.production
      ? [
          warning(
            `HOST=${env.host} lets other machines in, and NODE_ENV is not production.`,
            "Set HOST=127.0.0.1, or NODE_ENV=production.",
          ),
        ]
      : [],
  ({ env }) =>
    env.authSecret !== null && (WEAK_SECRET.test(env.authSecret) || env.authSecret.length < 40)
      ? [
          warning(
            "AUTH_SECRET looks as if a person had made it up: whoever guesses it is everybody.",
            "Make one with: openssl rand -base64 48. All sessions end when it changes.",
          ),
        ]
      : [],
  ({ env }) =>
    env.guestCredits > MANY_CREDITS
      ? [
          warning(
            `GUEST_CREDITS=${env.guestCredits}: every new guest gets as many for nothing.`,
            "Set a smaller number; 20 are some six pictures.",
          ),
        ]
      : [],
  ({ env }) =>
    env.failpoint !== null || Object.keys(env.gpuFigures).length > 0
      ? [
          warning(
            "FAILPOINT or GPU_FIGURES is set: they make a studio die or hurry on purpose.",
            "Remove them; they are for tests.",
          ),
        ]
      : [],
  ({ env }) =>
    env.production && env.storage.kind === "files"
      ? [
          warning(
            "Pictures are kept in DATA_DIR of this one machine.",
            "Back DATA_DIR/files up together with the database, or set STORAGE=s3.",
          ),
        ]
      : [],
];
