import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import {
  answerProcedures,
  NEW_SERVICE,
  RICH_SERVICE,
  SERVICE,
  usualAnswers,
} from "../testing/mock-server.ts";
import { renderApp } from "../testing/render-app.tsx";

const STUDIO = "/services/qwen-image-edit";
const BOTH = { services: [RICH_SERVICE, NEW_SERVICE] };

test("the landing page shows every service of the catalogue, also one it has no words for", async () => {
  answerProcedures(usualAnswers(BOTH));
  await renderApp({ at: "/" });
  const title = await screen.findByRole("heading", { name: "เปลี่ยนท้องฟ้า" });
  const card = title.closest("a");
  expect(card).toHaveProperty("pathname", "/services/sky-swap");
  expect(card?.textContent).toContain("เลือกภาพ เลือกแบบ แล้วให้ AI ทำให้");
  expect(card?.textContent).toContain("เริ่มที่ 6 เครดิต");
  const known = screen.getByRole("heading", { name: "แต่งภาพด้วย AI" }).closest("a");
  expect(known?.querySelectorAll("img")).toHaveLength(2);
});

test.each(["/", "/jobs"])("from %s every service can be begun, the first one first", async (at) => {
  answerProcedures(usualAnswers(BOTH));
  await renderApp({ at });
  const start = await screen.findByRole("link", { name: "เริ่มแก้ภาพ" });
  expect(start).toHaveProperty("pathname", STUDIO);
  const other = screen.getByRole("link", { name: "เปลี่ยนท้องฟ้า" });
  expect(other).toHaveProperty("pathname", "/services/sky-swap");
});

test("the studio's switch leads to the other services", async () => {
  answerProcedures(usualAnswers(BOTH));
  const { user, router } = await renderApp({ at: STUDIO });
  const others = await screen.findByRole("navigation", { name: "บริการอื่น" });
  const here = within(others).getByRole("link", { name: "แต่งภาพด้วย AI" });
  expect(here.getAttribute("aria-current")).toBe("page");
  await user.click(within(others).getByRole("link", { name: "เปลี่ยนท้องฟ้า" }));
  await waitFor(() => expect(router.state.location.pathname).toBe("/services/sky-swap"));
  expect(await screen.findByRole("button", { name: "สร้างภาพ · ใช้ 6 เครดิต" })).toBeDefined();
});

test("a single service needs no switch", async () => {
  answerProcedures(usualAnswers());
  await renderApp({ at: STUDIO });
  await screen.findByRole("heading", { name: "เริ่มจากภาพของคุณ" });
  expect(screen.queryByRole("navigation", { name: "บริการอื่น" })).toBeNull();
});

test("many groups are folded; the closed one names its choice, which goes again by its chip", async () => {
  answerProcedures(usualAnswers(BOTH));
  const { user } = await renderApp({ at: STUDIO });
  const header = await screen.findByRole("button", { name: "กลุ่ม 3" });
  expect(header.getAttribute("aria-expanded")).toBe("false");
  expect(screen.queryByRole("button", { name: "แบบ 3.5" })).toBeNull();
  await user.click(header);
  await user.click(screen.getByRole("button", { name: "แบบ 3.5" }));
  expect(screen.getByRole("button", { name: "แบบ 3.5" }).getAttribute("aria-pressed")).toBe("true");
  await user.click(screen.getByRole("button", { name: "กลุ่ม 3 แบบ 3.5" }));
  expect(screen.queryByRole("button", { name: "แบบ 3.5" })).toBeNull();
  await user.click(screen.getByRole("button", { name: "เอาออก: กลุ่ม 3 แบบ 3.5" }));
  expect(screen.getByRole("button", { name: "กลุ่ม 3" })).toBeDefined();
  expect(screen.queryByRole("list", { name: "แบบที่เลือกไว้" })).toBeNull();
});

test("one choice per group, and all of them are cleared at once", async () => {
  answerProcedures(usualAnswers(BOTH));
  const { user } = await renderApp({ at: STUDIO });
  await user.click(await screen.findByRole("button", { name: "กลุ่ม 0" }));
  await user.click(screen.getByRole("button", { name: "แบบ 0.1" }));
  await user.click(screen.getByRole("button", { name: "แบบ 0.2" }));
  await user.click(screen.getByRole("button", { name: "กลุ่ม 1" }));
  await user.click(screen.getByRole("button", { name: "แบบ 1.7" }));
  const chips = within(screen.getByRole("list", { name: "แบบที่เลือกไว้" }));
  expect(chips.getAllByRole("button").map(({ textContent }) => textContent)).toEqual([
    "แบบ 0.2",
    "แบบ 1.7",
  ]);
  await user.click(screen.getByRole("button", { name: "ล้างที่เลือก" }));
  expect(screen.queryByRole("list", { name: "แบบที่เลือกไว้" })).toBeNull();
});

test("a search opens what it finds, in English too, and says how much", async () => {
  answerProcedures(usualAnswers(BOTH));
  const { user } = await renderApp({ at: STUDIO });
  const search = await screen.findByRole("searchbox", { name: "ค้นหาแบบ" });
  await user.type(search, "look 7.4");
  expect(screen.getByRole("button", { name: "แบบ 7.4" })).toBeDefined();
  expect(screen.getByText("พบ 1 แบบ")).toBeDefined();
  await user.clear(search);
  await user.type(search, "ช้าง");
  expect(screen.getByText(/ไม่พบแบบที่ตรงกับคำนี้/)).toBeDefined();
});

test("few choices stay in sight", async () => {
  answerProcedures(usualAnswers());
  await renderApp({ at: STUDIO });
  expect(await screen.findByRole("button", { name: "แสงสตูดิโอ" })).toBeDefined();
  expect(screen.queryByRole("searchbox")).toBeNull();
});

test("frames, further pictures and numbers appear exactly where the service has them", async () => {
  answerProcedures(usualAnswers(BOTH));
  const { user } = await renderApp({ at: STUDIO });
  await user.click(await screen.findByRole("radio", { name: "4:5" }));
  expect(screen.getByRole("radio", { name: "4:5" })).toHaveProperty("checked", true);
  expect(screen.getByLabelText("เพิ่มรูปที่ 2")).toBeDefined();
  expect(screen.queryByRole("slider", { name: "ความเข้ม" })).toBeNull();
  await user.click(screen.getByRole("link", { name: "เปลี่ยนท้องฟ้า" }));
  expect(await screen.findByRole("slider", { name: "ความเข้ม" })).toBeDefined();
  expect(screen.queryByRole("radio", { name: "4:5" })).toBeNull();
  expect(screen.queryByLabelText("เพิ่มรูปที่ 2")).toBeNull();
});

test("a number shows its value on the service's steps and goes back to the usual one", async () => {
  answerProcedures(usualAnswers(BOTH));
  const { user } = await renderApp({ at: "/services/sky-swap" });
  const slider = await screen.findByRole("slider", { name: "ความเข้ม" });
  const reset = screen.getByRole("button", { name: "ความเข้ม: กลับเป็นค่าปกติ" });
  expect(reset).toHaveProperty("disabled", true);
  fireEvent.change(slider, { target: { value: "0.15" } });
  expect(screen.getByText("0.15")).toBeDefined();
  await user.click(reset);
  expect(screen.getByText("0.7")).toBeDefined();
});

test("a mode one knows is explained, one that is new speaks by its title; both say their price", async () => {
  answerProcedures(usualAnswers(BOTH));
  const { user } = await renderApp({ at: STUDIO });
  const aligned = await screen.findByRole("radio", { name: /ภาพไม่เลื่อน/ });
  await user.click(aligned);
  expect(screen.getByRole("button", { name: "สร้างภาพ · ใช้ 4 เครดิต" })).toBeDefined();
  await user.click(screen.getByRole("link", { name: "เปลี่ยนท้องฟ้า" }));
  expect(await screen.findByRole("radio", { name: "มีเมฆ 6 เครดิต · ราว 9 วินาที" })).toBeDefined();
});

test("the catalogue says how long the words may be", async () => {
  const short = { ...SERVICE, limits: { promptCodePoints: 5 } };
  answerProcedures(usualAnswers({ services: [short] }));
  const { user } = await renderApp({ at: STUDIO });
  await user.type(await screen.findByRole("textbox", { name: /บอกเพิ่ม/ }), "ฟ้าใสมาก");
  expect(screen.getByText(/ยาวเกินไป ลดให้ไม่เกิน 5/)).toBeDefined();
});

test("a further picture that is none is refused in words, and nothing is sent", async () => {
  const { calls } = answerProcedures(usualAnswers(BOTH));
  const { user } = await renderApp({ at: STUDIO });
  const file = new File(["just some words"], "photo.png", { type: "image/png" });
  await user.upload(await screen.findByLabelText("เพิ่มรูปที่ 2"), file);
  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toContain("เปิดไฟล์ชนิดนี้ไม่ได้");
  await user.click(within(alert).getByRole("button", { name: "ปิด" }));
  expect(screen.queryByRole("alert")).toBeNull();
  expect(calls.map(({ path }) => path)).toEqual(["services.list"]);
});
