import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { signIn } from "./support/caller.ts";
import { expectPlainRefusal } from "./support/expect-refused.ts";
import { startStudio, type Studio } from "./support/start-studio.ts";

/** One proxy in front, as in production: the address is what it wrote last. */
const from = (address: string) => ({ "x-forwarded-for": `6.6.6.6, ${address}` });

describe("the first credits", () => {
  let studio: Studio;
  beforeAll(async () => {
    studio = await startStudio({
      environment: { TRUSTED_PROXY_HOPS: "1", GUEST_GRANTS_PER_HOUR: "3" },
    });
  });
  afterAll(async () => studio?.stop());

  const credits = async (address: string) =>
    (await (await signIn(studio.url, from(address))).balance()).available;

  test("go to so many guests of one address an hour; the next ones exist with 0", async () => {
    const given = [];
    for (let i = 0; i < 5; i += 1) given.push(await credits("203.0.113.7"));
    expect(given).toEqual([20, 20, 20, 0, 0]);
    expect(await credits("203.0.113.8")).toBe(20);
  });

  test("are counted per /64 of IPv6", async () => {
    const given = [];
    for (let i = 1; i <= 4; i += 1) given.push(await credits(`2001:db8:7:7::${i}`));
    expect(given).toEqual([20, 20, 20, 0]);
    expect(await credits("2001:db8:7:8::1")).toBe(20);
  });

  test("are counted once however many ask at the same moment", async () => {
    const all = await Promise.all(Array.from({ length: 8 }, () => credits("203.0.113.99")));
    expect(all.filter((available) => available === 20)).toHaveLength(3);
  });

  test("are not counted for loopback outside production", async () => {
    const given = await Promise.all(Array.from({ length: 6 }, () => credits("127.0.0.1")));
    expect(given).toEqual([20, 20, 20, 20, 20, 20]);
  });

  test("sign-ins themselves are limited per network, with the time to wait", async () => {
    const answers: Response[] = [];
    // Two windows' worth and a little: a minute that ends meanwhile must not make room for all.
    for (let i = 0; i < 125; i += 1) {
      answers.push(
        await fetch(`${studio.url}/api/auth/sign-in/anonymous`, {
          method: "POST",
          headers: from("198.51.100.1"),
          body: "{}",
        }),
      );
    }
    const refused = answers.filter((answer) => answer.status === 429);
    expect(refused.length).toBeGreaterThan(0);
    for (const answer of refused) {
      expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
      await expectPlainRefusal(answer, { code: "RATE_LIMITED", status: 429 });
    }
  });
});

test("a forwarded address is not believed unless a proxy of ours is configured", async () => {
  const studio = await startStudio({ environment: { GUEST_GRANTS_PER_HOUR: "1" } });
  try {
    // All of them are loopback, whatever they say, and so not counted.
    for (const address of ["203.0.113.1", "203.0.113.1", "203.0.113.1"]) {
      const guest = await signIn(studio.url, from(address));
      expect((await guest.balance()).available).toBe(20);
    }
    const rows = await studio.database.sql`select count(*)::int as n from guest_grants`;
    expect(rows[0]?.["n"]).toBe(0);
  } finally {
    await studio.stop();
  }
});

test("behind https the cookies are Secure, __Host- and open the session", async () => {
  const studio = await startStudio({ environment: { PUBLIC_URL: "https://studio.example" } });
  try {
    const answer = await fetch(`${studio.url}/api/auth/sign-in/anonymous`, {
      method: "POST",
      headers: { origin: "https://studio.example", "sec-fetch-site": "same-origin" },
      body: "{}",
    });
    const lines = answer.headers.getSetCookie();
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) expect(line).toMatch(/^__Host-ob\..*; Secure/);
    const cookie = lines.map((line) => line.split(";")[0]).join("; ");
    const balance = await fetch(`${studio.url}/api/trpc/credits.balance`, { headers: { cookie } });
    expect(balance.status).toBe(200);
    expect(balance.headers.get("strict-transport-security")).toBeTruthy();
  } finally {
    await studio.stop();
  }
});
