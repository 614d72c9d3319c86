import type { Env } from "../kernel/env.ts";

/** What better-auth calls the identity provider; it is part of the address to which the provider leads back. */
export const oidcProviderId = "oidc";

/** An identity provider. */
export interface OidcSettings {
  /** On the button. */
  readonly name: string;
  readonly discoveryUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** The identity provider of the environment, or undefined where none is named. */
export function oidcSettings(env: Env): OidcSettings | undefined {
  const { WAYBILL_OIDC_DISCOVERY_URL: discoveryUrl, WAYBILL_OIDC_CLIENT_ID: clientId } = env;
  const clientSecret = env.WAYBILL_OIDC_CLIENT_SECRET;
  if (discoveryUrl === undefined || clientId === undefined || clientSecret === undefined) return undefined;
  return { name: env.WAYBILL_OIDC_NAME, discoveryUrl, clientId, clientSecret };
}
