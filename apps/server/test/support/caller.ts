import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { AppErrorData, Asset, Job, UploadTicket } from "@ob/api";
import { expect } from "vitest";

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
  expect(answer.status, await answer.clone().text()).toBe(200);
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
      expect(put.status, await put.text()).toBe(200);
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
  // The one place where a test trusts the shape of an answer; what it then reads it also checks.
  const body = (text.startsWith("{") || text.startsWith("[") ? JSON.parse(text) : {}) as {
    result?: { data: T };
    error?: { data: AppErrorData };
  };
  return {
    status: answer.status,
    headers: answer.headers,
    text,
    data: body.result?.data as T,
    error: body.error?.data ?? null,
  };
}

/** The data of a call that must have succeeded. */
export function ok<T>(answer: Answer<T>): T {
  expect(answer.status, answer.text).toBe(200);
  return answer.data;
}

/** A photo or test picture of the repository. */
export async function fixture(name: string): Promise<Uint8Array<ArrayBuffer>> {
  const path = fileURLToPath(new URL(`../../../../fixtures/photos/${name}`, import.meta.url));
  return new Uint8Array(await readFile(path));
}
