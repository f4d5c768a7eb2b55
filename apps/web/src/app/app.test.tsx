import { act, screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";
import { aJob } from "../testing/a-job.ts";
import { useFakeEventSource } from "../testing/fake-event-source.ts";
import { answerProcedures, mockServer, usualAnswers } from "../testing/mock-server.ts";
import { renderApp } from "../testing/render-app.tsx";

const STUDIO = "/services/qwen-image-edit";

test("nobody is signed in by looking: the landing page asks for the catalogue and nothing else", async () => {
  const { calls } = answerProcedures(usualAnswers());
  await renderApp({ at: "/" });
  await screen.findByText("เริ่มที่ 3 เครดิตต่อภาพ ไม่ต้องสมัครก่อน");
  expect(screen.getByRole("link", { name: "เริ่มแก้ภาพ" })).toHaveProperty("pathname", STUDIO);
  expect(calls.map(({ path }) => path)).toEqual(["services.list"]);
});

test("the empty studio says where pictures go before anything is uploaded, and what comes first", async () => {
  answerProcedures(usualAnswers());
  await renderApp({ at: STUDIO });
  await screen.findByRole("heading", { name: "เริ่มจากภาพของคุณ" });
  expect(screen.getByText(/เครื่อง GPU ในต่างประเทศ/)).toBeDefined();
  const button = screen.getByRole("button", { name: "สร้างภาพ · ใช้ 3 เครดิต" });
  expect(button).toHaveProperty("disabled", true);
  expect(screen.getByText("เลือกภาพก่อน")).toBeDefined();
});

test("choosing the finer mode changes the price on the button", async () => {
  answerProcedures(usualAnswers());
  const { user } = await renderApp({ at: STUDIO });
  await user.click(await screen.findByRole("radio", { name: /ละเอียด/ }));
  expect(screen.getByRole("button", { name: "สร้างภาพ · ใช้ 8 เครดิต" })).toBeDefined();
});

test("a text file is refused in Thai without a request to the server", async () => {
  const { calls } = answerProcedures(usualAnswers());
  const { user } = await renderApp({ at: STUDIO });
  await screen.findByRole("heading", { name: "เริ่มจากภาพของคุณ" });
  const file = new File(["just some words"], "photo.png", { type: "image/png" });
  await user.upload(screen.getByLabelText("เลือกภาพ"), file);
  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toBe("เปิดไฟล์ชนิดนี้ไม่ได้ ใช้ภาพ JPG, PNG หรือ WebP");
  expect(calls.map(({ path }) => path)).toEqual(["services.list"]);
});

test("an unknown service is a page that does not exist", async () => {
  answerProcedures(usualAnswers());
  await renderApp({ at: "/services/none" });
  expect(await screen.findByRole("heading", { name: "ไม่พบหน้านี้" })).toBeDefined();
});

test("when the server cannot be reached the studio says so and can try again", async () => {
  mockServer.use(http.all("*/api/trpc/*", () => HttpResponse.error()));
  const { user } = await renderApp({ at: STUDIO });
  await screen.findByText(/ติดต่อเซิร์ฟเวอร์ไม่ได้/, undefined, { timeout: 8_000 });
  answerProcedures(usualAnswers());
  await user.click(screen.getByRole("button", { name: "ลองอีกครั้ง" }));
  expect(await screen.findByRole("heading", { name: "เริ่มจากภาพของคุณ" })).toBeDefined();
}, 15_000);

test("the header shows what can be used and what is held", async () => {
  answerProcedures(usualAnswers({ balance: { available: 17, held: 3 } }));
  await renderApp({ at: "/", isSignedIn: true });
  const wallet = await screen.findByRole("link", { name: "กระเป๋าเครดิต" });
  await waitFor(() => expect(wallet.textContent).toBe("17 เครดิตกันไว้ 3"));
});

test("a job is followed by its stream alone: stages, place, steps, then failure with the credits back", async () => {
  const sources = useFakeEventSource();
  const { calls } = answerProcedures(usualAnswers());
  const job = aJob();
  await renderApp({ at: `${STUDIO}?job=${job.id}`, isSignedIn: true });
  await waitFor(() => expect(sources.open()).toHaveLength(1));
  const [stream] = sources.open();
  await act(async () => {
    stream?.connect();
    stream?.send("1", job);
  });
  expect(await screen.findByRole("heading", { name: "เข้าคิวแล้ว" })).toBeDefined();
  expect(screen.getByText("อยู่คิวที่ 1")).toBeDefined();
  const drawing = aJob({
    status: "running",
    stage: "drawing",
    progress: 0.5,
    queuePosition: null,
    updatedAt: "2026-01-01T00:00:05.000Z",
  });
  await act(async () => stream?.send("2", drawing));
  const bar = await screen.findByRole("progressbar", { name: "ความคืบหน้า" });
  expect(bar.getAttribute("aria-valuenow")).toBe("50");
  const failed = aJob({
    status: "failed",
    stage: "failed",
    refundedCredits: 3,
    error: { code: "GPU_FAILED", message: { th: "เครื่องขัดข้อง", en: "broke" } },
    updatedAt: "2026-01-01T00:00:09.000Z",
  });
  await act(async () => stream?.send("3", failed));
  expect(await screen.findByText("เครื่องขัดข้อง")).toBeDefined();
  expect(screen.getByText("คืน 3 เครดิตให้แล้ว")).toBeDefined();
  expect(screen.getByRole("button", { name: "ลองอีกครั้ง · ใช้ 3 เครดิต" })).toBeDefined();
  expect(calls.map(({ path }) => path)).not.toContain("jobs.get");
  expect(calls.map(({ path }) => path)).not.toContain("jobs.list");
});

test("a job that is held back says so while nobody knows for how long, and no longer than that", async () => {
  const sources = useFakeEventSource();
  answerProcedures(usualAnswers());
  const job = aJob({ etaSeconds: null });
  await renderApp({ at: `${STUDIO}?job=${job.id}`, isSignedIn: true });
  await waitFor(() => expect(sources.open()).toHaveLength(1));
  const [stream] = sources.open();
  await act(async () => {
    stream?.connect();
    stream?.send("1", job);
  });
  expect(await screen.findByText(/จะเริ่มเองเมื่อเครื่องกลับมา/)).toBeDefined();
  expect(screen.queryByText(/อีกประมาณ/)).toBeNull();
  const back = aJob({ etaSeconds: { low: 4, high: 9 }, updatedAt: "2026-01-01T00:00:05.000Z" });
  await act(async () => stream?.send("2", back));
  expect(await screen.findByText(/อีกประมาณ/)).toBeDefined();
  expect(screen.queryByText(/จะเริ่มเองเมื่อเครื่องกลับมา/)).toBeNull();
});

test("a second click on retry makes no second job", async () => {
  const sources = useFakeEventSource();
  const retried = aJob({ id: "33333333-3333-4333-8333-333333333333" });
  const { calls } = answerProcedures({
    ...usualAnswers(),
    "jobs.retry": () => ({ data: retried }),
  });
  const job = aJob({ status: "failed", stage: "failed" });
  const { user, router } = await renderApp({ at: `${STUDIO}?job=${job.id}`, isSignedIn: true });
  await waitFor(() => expect(sources.open()).toHaveLength(1));
  await act(async () => {
    sources.open()[0]?.connect();
    sources.open()[0]?.send("1", job);
  });
  await user.dblClick(await screen.findByRole("button", { name: /^ลองอีกครั้ง/ }));
  await waitFor(() => expect(router.state.location.search).toEqual({ job: retried.id }));
  expect(calls.filter(({ path }) => path === "jobs.retry")).toHaveLength(1);
});

test("someone else's job reads as not found, in the server's words", async () => {
  const sources = useFakeEventSource();
  answerProcedures(usualAnswers());
  await renderApp({ at: `${STUDIO}?job=${aJob().id}`, isSignedIn: true });
  await waitFor(() => expect(sources.open()).toHaveLength(1));
  const app = {
    code: "JOB_NOT_FOUND",
    message: { th: "ไม่พบงานนี้", en: "no such job" },
    field: null,
    retryAfterSeconds: null,
  };
  const data = { code: "NOT_FOUND", httpStatus: 404, path: "jobs.onUpdate", requestId: "r", app };
  const refusal = { message: "x", code: -32004, data };
  await act(async () => {
    const [stream] = sources.open();
    stream?.connect();
    stream?.dispatchEvent(new MessageEvent("serialized-error", { data: JSON.stringify(refusal) }));
  });
  expect(await screen.findByText("ไม่พบงานนี้")).toBeDefined();
});

test("deleting asks first, then takes the job off the list", async () => {
  useFakeEventSource();
  const job = aJob({ status: "failed", stage: "failed" });
  const { calls } = answerProcedures({
    ...usualAnswers({ jobs: [job] }),
    "jobs.delete": () => ({ data: {} }),
  });
  const { user } = await renderApp({ at: "/jobs", isSignedIn: true });
  await user.click(await screen.findByRole("button", { name: /^ลบงานเมื่อ/ }));
  const dialog = screen.getByRole("dialog", { name: "ลบงานนี้ใช่ไหม" });
  await user.click(within(dialog).getByRole("button", { name: "เก็บไว้" }));
  expect(calls.map(({ path }) => path)).not.toContain("jobs.delete");
  await user.click(screen.getByRole("button", { name: /^ลบงานเมื่อ/ }));
  await user.click(screen.getByRole("button", { name: "ลบงานและภาพ" }));
  await screen.findByText("ยังไม่มีงาน ภาพที่สร้างจะมาอยู่ที่นี่");
  const said = screen.getByText("ลบงานและภาพแล้ว").closest("[role=status]");
  expect(document.activeElement).toBe(said);
});

test("the tab keeps saying what the job does when the language changes", async () => {
  const sources = useFakeEventSource();
  answerProcedures(usualAnswers());
  const { user } = await renderApp({ at: `${STUDIO}?job=${aJob().id}`, isSignedIn: true });
  await waitFor(() => expect(sources.open()).toHaveLength(1));
  await act(async () => {
    sources.open()[0]?.connect();
    sources.open()[0]?.send("1", aJob({ status: "running", stage: "drawing" }));
  });
  await waitFor(() => expect(document.title).toMatch(/^กำลังแก้ภาพ · แต่งภาพด้วย AI/));
  await user.click(screen.getByRole("button", { name: "เปลี่ยนภาษาเป็น English" }));
  await waitFor(() => expect(document.title).toMatch(/^Editing · Edit a photo/));
});

test("a job in the wallet opens in the studio of its own service", async () => {
  useFakeEventSource();
  const job = aJob({ status: "failed", stage: "failed" });
  answerProcedures({ ...usualAnswers(), "jobs.get": () => ({ data: job }) });
  const { router } = await renderApp({ at: `/jobs/${job.id}`, isSignedIn: true });
  await screen.findByRole("heading", { name: "แก้ภาพไม่สำเร็จ" });
  expect(router.state.location.pathname).toBe(STUDIO);
  expect(router.state.location.search).toEqual({ job: job.id });
});

test("the language changes in place", async () => {
  answerProcedures(usualAnswers());
  const { user } = await renderApp({ at: "/jobs" });
  await screen.findByRole("heading", { name: "งานของฉัน" });
  await user.click(screen.getByRole("button", { name: "เปลี่ยนภาษาเป็น English" }));
  await screen.findByRole("heading", { name: "My work" });
  expect(document.documentElement.lang).toBe("en");
});
