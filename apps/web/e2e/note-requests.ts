import type { Page } from "playwright-core";

/** Procedures the page asks for from now on, by name; batches are taken apart. */
export function noteProcedures(page: Page): string[] {
  const asked: string[] = [];
  page.on("request", (request) => {
    const paths = /\/api\/trpc\/([^?]+)/.exec(request.url())?.[1];
    if (paths !== undefined) asked.push(...decodeURIComponent(paths).split(","));
  });
  return asked;
}

/** Content types of the files the page sends from now on. A mask is always PNG; the sample photos are JPEG. */
export function notePuts(page: Page): string[] {
  const sent: string[] = [];
  page.on("request", (request) => {
    if (request.method() === "PUT") sent.push(request.headers()["content-type"] ?? "");
  });
  return sent;
}
