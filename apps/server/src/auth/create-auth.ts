import { createGuest, networkOf, type ServiceContext } from "@ob/api";
import { schema } from "@ob/db";
import { betterAuth } from "better-auth";
import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { anonymous, bearer } from "better-auth/plugins";
import { parse as parseCookies } from "hono/utils/cookie";
import { z } from "zod";
import { bearerToken } from "./bearer-token.ts";
import { createKnownSessions } from "./known-sessions.ts";

export interface AuthOptions {
  readonly services: ServiceContext;
  readonly secret: string;
  readonly publicUrl: string;
  readonly production: boolean;
}

/** Who is signed in. `setCookies` must reach a browser that used a cookie. */
export interface Session {
  readonly ownerId: string;
  readonly setCookies: readonly string[];
}

/** The few things we ask of better-auth; no other endpoint of it is reachable. */
export interface Auth {
  /** Creates a guest and his session. The answer carries a cookie and `set-auth-token`. */
  signInAnonymously(headers: Headers): Promise<Response>;
  signOut(headers: Headers): Promise<Response>;
  /** Null = nobody, or a session that has ended. What was found a moment ago is believed. */
  session(headers: Headers): Promise<Session | null>;
  /** The same, as the database has it at this moment. */
  presentSession(headers: Headers): Promise<Session | null>;
  /** The Bearer that says the same as the session's cookie; null = there is no such cookie. Not checked. */
  tokenInCookie(cookieHeader: string | null): string | null;
}

/** Header by which the HTTP layer tells the caller's address; one sent by the caller never passes. */
export const CLIENT_ADDRESS_HEADER = "x-client-address";

const DAY_SECONDS = 86_400;
const GuestUser = z.object({ ownerId: z.uuid() });

/** Guests by cookie or Bearer, on our own tables; the owner is created in the same flow. */
export function createAuth(options: AuthOptions): Auth {
  const { services, publicUrl } = options;
  const cookies = cookieNames(publicUrl.startsWith("https://"));
  const auth = betterAuth({
    secret: options.secret,
    baseURL: publicUrl,
    basePath: "/api/auth",
    database: drizzleAdapter(services.db, {
      provider: "pg",
      schema: {
        user: schema.users,
        session: schema.sessions,
        account: schema.authAccounts,
        verification: schema.verifications,
      },
    }),
    // Without the signature a token read from the database opens nothing.
    plugins: [anonymous({ disableDeleteAnonymousUser: true }), bearer({ requireSignature: true })],
    user: { additionalFields: { ownerId: { type: "string", required: false, input: false } } },
    session: {
      // A guest has nothing but this session: it lasts as long as he comes back within it.
      expiresIn: 180 * DAY_SECONDS,
      updateAge: DAY_SECONDS,
      // A copy in a cookie would outlive signing out.
      cookieCache: { enabled: false },
    },
    databaseHooks: {
      user: {
        create: {
          before: async (user, context) => {
            const address = context?.headers?.get(CLIENT_ADDRESS_HEADER) ?? null;
            const { ownerId } = await createGuest(services, {
              address: countedNetwork(address, options.production),
            });
            return { data: { ...user, ownerId } };
          },
        },
      },
    },
    advanced: {
      database: { generateId: () => services.newId() },
      ipAddress: { ipAddressHeaders: [CLIENT_ADDRESS_HEADER] },
      useSecureCookies: false,
      cookies,
      // Origins are checked before, by the one rule of the HTTP layer.
      disableCSRFCheck: true,
      disableOriginCheck: true,
    },
    // Counted in the database, before, for all replicas together.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: {
      log: (level, message) => {
        if (level === "error") services.log.error("auth.error", { message });
      },
    },
  });

  const known = createKnownSessions();
  async function askSession(headers: Headers): Promise<Session | null> {
    const answer = await auth.api.getSession({ headers, returnHeaders: true });
    if (answer.response === null) return null;
    const { ownerId } = GuestUser.parse(answer.response.user);
    return { ownerId, setCookies: answer.headers.getSetCookie() };
  }
  function tokenInCookie(cookieHeader: string | null): string | null {
    if (cookieHeader === null) return null;
    const { name } = cookies.session_token;
    return parseCookies(cookieHeader, name)[name] ?? null;
  }
  async function session(headers: Headers): Promise<Session | null> {
    const credential =
      bearerToken(headers.get("authorization")) ?? tokenInCookie(headers.get("cookie"));
    return credential === null ? null : known.lookUp(credential, () => askSession(headers));
  }
  return {
    signInAnonymously: (headers) => auth.api.signInAnonymous({ headers, asResponse: true }),
    async signOut(headers) {
      const leaving = await session(headers);
      try {
        return await auth.api.signOut({ headers, asResponse: true });
      } finally {
        // Only whoever had a session: nobody else makes all others be looked up anew.
        if (leaving !== null) known.forgetAll();
      }
    },
    session,
    presentSession: askSession,
    tokenInCookie,
  };
}

/** `__Host-` and `Secure` bind the cookie to https and this very host; browsers refuse them on http. */
function cookieNames(https: boolean) {
  const named = (name: string) => ({
    name: `${https ? "__Host-" : ""}ob.${name}`,
    attributes: { secure: https },
  });
  return {
    session_token: named("session_token"),
    session_data: named("session_data"),
    dont_remember: named("dont_remember"),
  };
}

/** Null = not counted: loopback outside production. */
function countedNetwork(address: string | null, production: boolean): string | null {
  if (address === null) return "unknown";
  const network = networkOf(address);
  return network.isLoopback && !production ? null : network.key;
}
