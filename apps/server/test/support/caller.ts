import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { AppErrorData, Asset, Job, UploadTicket } from "@ob/api";
import { parsed, trusted } from "./trusted.ts";

/** An answer as a plain HTTP client sees it. */
export interface Answer<T = unknown> {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly data: T;
  readonly error: AppErrorData | null;
}

/** A guest that speaks plain HTTP, so that tests see what is on the wire. */
export interface Guest {
  readonly token: string;
  readonly cookie: string;
  query<T>(path: string, input?: unknown): Promise<Answer<T>>;
  mutate<T>(path: string, input: unknown): Promise<Answer<T>>;
  upload(
    bytes: Uint8Array<ArrayBuffer>,
    o?: { kind?: "image" | "mask"; contentType?: string },
  ): Promise<Asset>;
  createJob(input: Record<string, unknown>): Promise<Job>;
  balance(): Promise<{ available: number; held: number }>;
}

export async function signIn(url: string, headers: Record<string, string> = {}): Promise<Guest> {
  const answer = await fetch(`${url}/api/auth/sign-in/anonymous`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: "{}",
  });
  if (!answer.ok) throw new Error(`sign-in answered ${answer.status}: ${await answer.text()}`);
  const token = answer.headers.get("set-auth-token") ?? "";
  const cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
  return guestOf(url, token, cookie);
}

export function guestOf(url: string, token: string, cookie: string): Guest {
  const authorization = { authorization: `Bearer ${token}` };
  const guest: Guest = {
    token,
    cookie,
    query: (path, input) => query(url, path, input, authorization),
    mutate: (path, input) => mutate(url, path, input, authorization),
    async upload(bytes, { kind = "image", contentType = "image/jpeg" } = {}) {
      const ticket = ok(
        await guest.mutate<UploadTicket>("uploads.create", {
          kind,
          contentType,
          bytes: bytes.length,
        }),
      );
      const put = await fetch(ticket.url, { method: "PUT", headers: ticket.headers, body: bytes });
      if (!put.ok) throw new Error(`the PUT answered ${put.status}: ${await put.text()}`);
      return ok(await guest.mutate<Asset>("uploads.finish", { uploadId: ticket.uploadId }));
    },
    async createJob(input) {
      const requestId = crypto.randomUUID();
      const service = "qwen-image-edit";
      return ok(await guest.mutate<Job>("jobs.create", { requestId, service, input }));
    },
    balance: async () => ok(await guest.query("credits.balance")),
  };
  return guest;
}

export function query<T>(
  url: string,
  path: string,
  input: unknown,
  headers: Record<string, string> = {},
): Promise<Answer<T>> {
  const search = input === undefined ? "" : `?input=${encodeURIComponent(JSON.stringify(input))}`;
  return call(`${url}/api/trpc/${path}${search}`, { headers });
}

export function mutate<T>(
  url: string,
  path: string,
  input: unknown,
  headers: Record<string, string> = {},
): Promise<Answer<T>> {
  return call(`${url}/api/trpc/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(input),
  });
}

export async function call<T>(url: string, init: RequestInit): Promise<Answer<T>> {
  const answer = await fetch(url, init);
  const text = await answer.text();
  const isJson = text.startsWith("{") || text.startsWith("[");
  const body = parsed<{ result?: { data: T }; error?: { data: AppErrorData } }>(
    isJson ? text : "{}",
  );
  return {
    status: answer.status,
    headers: answer.headers,
    text,
    data: trusted<T>(body.result?.data),
    error: body.error?.data ?? null,
  };
}

/** The data of a call that must have succeeded. */
export function ok<T>(answer: Answer<T>): T {
  if (answer.status !== 200) throw new Error(`answered ${answer.status}: ${answer.text}`);
  return answer.data;
}

/** A photo or test picture of the repository. */
export async function fixture(name: string): Promise<Uint8Array<ArrayBuffer>> {
  const path = fileURLToPath(new URL(`../../../../fixtures/photos/${name}`, import.meta.url));
  return new Uint8Array(await readFile(path));
}
