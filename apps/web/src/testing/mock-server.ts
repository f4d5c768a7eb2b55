import { http, HttpResponse } from "msw";
import { setupServer } from "msw/node";
import type { AppErrorCode, Balance, CreditHistory, Job, JobPage, Service } from "@ob/api";

/** Plays the server for tests in jsdom; each test says what it answers. */
export const mockServer = setupServer();

/** What one procedure answers; a `Refusal` becomes an error of the API. */
export type Answer = { readonly data: unknown } | { readonly refusal: Refusal };

export interface Refusal {
  readonly code: AppErrorCode;
  readonly httpStatus: number;
  readonly th: string;
}

export interface Call {
  readonly path: string;
  readonly input: unknown;
}

/** Answers tRPC calls by procedure name, batched or not, and notes every call. */
export function answerProcedures(answers: Readonly<Record<string, (input: unknown) => Answer>>): {
  calls: Call[];
} {
  const calls: Call[] = [];
  const answerOne = (path: string, input: unknown) => {
    calls.push({ path, input });
    const answer = answers[path];
    if (answer === undefined) throw new Error(`the test answers no ${path}`);
    return envelope(path, answer(input));
  };
  mockServer.use(
    http.all("*/api/trpc/:paths", async ({ request, params }) => {
      const url = new URL(request.url);
      const paths = String(params["paths"]).split(",");
      const raw: unknown =
        request.method === "GET"
          ? JSON.parse(url.searchParams.get("input") ?? "{}")
          : await request.json();
      return HttpResponse.json(paths.map((path, index) => answerOne(path, inputAt(raw, index))));
    }),
  );
  return { calls };
}

function inputAt(raw: unknown, index: number): unknown {
  return typeof raw === "object" && raw !== null ? Reflect.get(raw, String(index)) : undefined;
}

function envelope(path: string, answer: Answer): object {
  if ("data" in answer) return { result: { data: answer.data } };
  const { code, httpStatus, th } = answer.refusal;
  const app = { code, message: { th, en: code }, field: null, retryAfterSeconds: null };
  const data = { code: "BAD_REQUEST", httpStatus, path, requestId: "r", app };
  return { error: { message: code, code: -32600, data } };
}

export const SERVICE: Service = {
  id: "qwen-image-edit",
  version: "qwen-image-edit@1",
  isSimulated: true,
  title: { th: "แต่งภาพด้วย AI", en: "Edit a photo" },
  images: { min: 1, max: 1 },
  mask: "optional",
  options: [
    {
      id: "light",
      title: { th: "แสง", en: "Light" },
      choices: [
        { id: "golden-hour", title: { th: "แสงทองยามเย็น", en: "Golden hour" } },
        { id: "studio", title: { th: "แสงสตูดิโอ", en: "Studio" } },
      ],
    },
  ],
  params: [],
  ratios: ["original"],
  modes: [
    { id: "fast", title: { th: "เร็ว", en: "Fast" }, credits: 3, typicalSeconds: 12 },
    { id: "quality", title: { th: "ละเอียด", en: "Quality" }, credits: 8, typicalSeconds: 45 },
  ],
};

/** A service with more groups than can be laid out, frames, three pictures and three modes. */
export const RICH_SERVICE: Service = {
  ...SERVICE,
  version: "qwen-image-edit@2",
  images: { min: 1, max: 3 },
  options: Array.from({ length: 12 }, (_, group) => ({
    id: `group-${group}`,
    title: { th: `กลุ่ม ${group}`, en: `Group ${group}` },
    choices: Array.from({ length: 8 }, (_, choice) => ({
      id: `choice-${choice}`,
      title: { th: `แบบ ${group}.${choice}`, en: `Look ${group}.${choice}` },
    })),
  })),
  ratios: ["original", "1:1", "4:5", "16:9"],
  modes: [
    ...SERVICE.modes,
    { id: "aligned", title: { th: "ตรงตำแหน่งเดิม", en: "Aligned" }, credits: 4, typicalSeconds: 14 },
  ],
};

/** A service that is newer than the page: it has no words and no pictures of its own. */
export const NEW_SERVICE: Service = {
  ...SERVICE,
  id: "sky-swap",
  version: "sky-swap@1",
  title: { th: "เปลี่ยนท้องฟ้า", en: "Another sky" },
  mask: "none",
  params: [
    {
      id: "strength",
      title: { th: "ความเข้ม", en: "Strength" },
      min: 0.05,
      max: 1,
      step: 0.05,
      default: 0.7,
    },
  ],
  modes: [{ id: "cloudy", title: { th: "มีเมฆ", en: "Cloudy" }, credits: 6, typicalSeconds: 9 }],
};

/** Answers of a server where nothing special happens. */
export const usualAnswers = (
  o: { jobs?: Job[]; balance?: Balance; services?: readonly Service[] } = {},
) => ({
  "services.list": (): Answer => ({ data: o.services ?? [SERVICE] }),
  "credits.balance": (): Answer => ({ data: o.balance ?? { available: 20, held: 0 } }),
  "credits.history": (): Answer => {
    const page: CreditHistory = { items: [], nextCursor: null };
    return { data: page };
  },
  "jobs.list": (): Answer => {
    const page: JobPage = { items: o.jobs ?? [], nextCursor: null };
    return { data: page };
  },
});
