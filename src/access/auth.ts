import { betterAuth } from "better-auth";
import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { APIError } from "better-auth/api";
import { genericOAuth } from "better-auth/plugins";

import { z } from "zod";
import type { Db } from "../db/client.ts";
import { type Role, roles } from "../db/roles.ts";
import { credentials, people, personSessions, verifications } from "../db/schema/access.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Env } from "../kernel/env.ts";
import { WaybillError } from "../kernel/errors.ts";
import { type IdPrefix, newId } from "../kernel/ids.ts";
import { isOwnOrigin } from "./check-origin.ts";
import { giveSessionCookie } from "./give-session-cookie.ts";
import { type OidcSettings, oidcProviderId, oidcSettings } from "./oidc-settings.ts";
import { endSession, isDue, readToken, replaceSession, sessionLifetimeSec } from "./replace-session.ts";

/** The shortest password, in characters. */
export const shortestPassword = 12;

const person = z.object({ id: z.string(), name: z.string(), role: z.enum(roles) });

/** A session that is valid, and whom it is of. */
interface OpenSession {
  readonly sessionId: string;
  readonly personId: string;
  readonly name: string;
  readonly role: Role;
  /** `Set-Cookie` values, where another session has taken its place. */
  readonly cookies: readonly string[];
}

/** What better-auth does for us: it opens, extends and ends sessions. */
export interface Auth {
  /** The cookie that carries a session. */
  readonly cookieName: string;
  /** Walks the way to the identity provider and back; 404 where there is none. */
  handle(request: Request): Promise<Response>;
  /**
   * The session of a request. Where it is due and the answer can carry a cookie, another takes its place, with a token
   * of its own and another fortnight; whoever still comes with the old token is given the new one for a minute.
   */
  readSession(headers: Headers, options: { extend: boolean }): Promise<OpenSession | undefined>;
  /**
   * Opens a session by e-mail and password.
   * @returns the `Set-Cookie` values
   * @throws WaybillError wrong_password
   */
  signIn(input: { email: string; password: string; headers: Headers }): Promise<readonly string[]>;
  /** Ends the session of a request, if it has one. @returns the `Set-Cookie` values that clear its cookies */
  signOut(headers: Headers): Promise<readonly string[]>;
}

/** What it is built over. */
interface AuthParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly env: Env;
}

const prefixes: Readonly<Record<string, IdPrefix>> = {
  people: "person",
  personSessions: "sess",
  credentials: "cred",
  verifications: "verif",
};

/** Builds better-auth over our tables and our connections; it keeps none of its own. */
export function createAuth(parts: AuthParts): Auth {
  const auth = build(parts, []);
  const oidc = oidcSettings(parts.env);
  // A part of its own: it asks the provider before it answers anything, and sessions must not wait for that.
  let withProvider: ReturnType<typeof build> | undefined;
  const secure = parts.env.WAYBILL_URL.startsWith("https://");
  async function find(headers: Headers) {
    // Extended by ourselves: better-auth would keep the token.
    const found = await auth.api.getSession({ headers, query: { disableRefresh: true } });
    if (found === null) return undefined;
    const { id: sessionId, expiresAt, replacedBy = null } = found.session;
    return { sessionId, expiresAt, replacedBy, user: found.user };
  }
  return {
    cookieName: `${secure ? "__Secure-" : ""}waybill.session_token`,
    handle(request) {
      if (oidc === undefined) return Promise.resolve(new Response(null, { status: 404 }));
      withProvider ??= build(parts, [genericOAuth({ config: [oidcConfig(oidc)] })]);
      return withProvider.handler(request);
    },
    async readSession(headers, { extend }) {
      const open = await find(headers);
      if (open === undefined) return undefined;
      const { sessionId, replacedBy, user } = open;
      const { id: personId, name, role } = person.parse(user);
      const due = extend && isDue(open, parts.clock.now());
      const successor = due ? await replaceSession(parts, sessionId) : replacedBy;
      const known = { sessionId: successor ?? sessionId, personId, name, role };
      const token = extend && successor !== null ? await readToken(parts, successor) : undefined;
      if (token === undefined) return { ...known, cookies: [] };
      const { headers: said } = await auth.api.giveSessionCookie({
        headers,
        body: { token },
        returnHeaders: true,
      });
      return { ...known, cookies: said.getSetCookie() };
    },
    async signIn({ email, password, headers }) {
      try {
        const body = { email, password };
        const { headers: said } = await auth.api.signInEmail({ body, headers, returnHeaders: true });
        return said.getSetCookie();
      } catch (error) {
        if (error instanceof APIError && error.statusCode === 401) throw new WaybillError("wrong_password");
        throw error;
      }
    },
    async signOut(headers) {
      // Another tab may have been given the new token meanwhile: it ends with the old one.
      const open = await find(headers);
      if (open !== undefined) await endSession(parts, open.replacedBy ?? open.sessionId);
      const { headers: said } = await auth.api.signOut({ headers, returnHeaders: true });
      return said.getSetCookie();
    },
  };
}

function build({ db, clock, env }: AuthParts, providers: ReturnType<typeof genericOAuth>[]) {
  return betterAuth({
    appName: "Waybill",
    baseURL: env.WAYBILL_URL,
    basePath: "/api/auth",
    secret: env.WAYBILL_SESSION_SECRET,
    database: drizzleAdapter(db, {
      provider: "pg",
      schema: { people, personSessions, credentials, verifications },
      transaction: true,
    }),
    // The console may be open under another name of this server than the one it is configured with.
    trustedOrigins: (request) => {
      const origin = request?.headers.get("origin") ?? null;
      return origin !== null && request && isOwnOrigin(origin, request, env.WAYBILL_URL) ? [origin] : [];
    },
    user: {
      modelName: "people",
      additionalFields: { role: { type: "string", required: true, input: false } },
    },
    session: {
      modelName: "personSessions",
      fields: { userId: "personId" },
      expiresIn: sessionLifetimeSec,
      additionalFields: { replacedBy: { type: "string", required: false, input: false } },
    },
    account: {
      modelName: "credentials",
      fields: { userId: "personId" },
      // Who was invited by address, or vouched for by the provider, is the same person there and here.
      accountLinking: { enabled: true, trustedProviders: [oidcProviderId] },
    },
    verification: { modelName: "verifications" },
    // People come by invitation.
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: shortestPassword },
    plugins: [giveSessionCookie(), ...providers],
    // Ours count in the database, for every route that takes a secret (take-sign-in-attempt.ts).
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { disabled: true },
    advanced: {
      cookiePrefix: "waybill",
      useSecureCookies: env.WAYBILL_URL.startsWith("https://"),
      database: { generateId: ({ model }) => newId(prefixes[model] ?? "sess", clock.now()) },
    },
  });
}

function oidcConfig(oidc: OidcSettings) {
  return {
    providerId: oidcProviderId,
    ...oidc,
    scopes: ["openid", "email", "profile"],
    pkce: true,
    requireIdTokenVerification: true,
    // People come by invitation, and with an entry in the audit log.
    disableSignUp: true,
  };
}
