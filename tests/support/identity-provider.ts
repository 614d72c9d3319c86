import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { z } from "zod";
import { listen } from "../../src/local/kit/listen.ts";

/** A provider of OpenID Connect that asks nobody anything: whoever comes is `user`. */
export interface IdentityProvider {
  readonly discoveryUrl: string;
  /** Who signs in next. */
  user: { sub: string; email: string; email_verified: boolean; name: string };
  /** Signs what it says of somebody with another key than the one that it publishes. */
  forge: boolean;
  stop(): Promise<void>;
}

/** Serves a provider for the application `waybill`. */
export async function serveIdentityProvider(): Promise<IdentityProvider> {
  const keys = await generateKeyPair("RS256");
  const others = await generateKeyPair("RS256");
  const jwk = { ...(await exportJWK(keys.publicKey)), kid: "1", alg: "RS256", use: "sig" };
  const nonces = new Map<string, string>();
  const provider = {
    user: { sub: "1", email: "nobody@waybill.example", email_verified: true, name: "Nobody" },
    forge: false,
  };
  const server = await listen({ fetch: (request) => answer(request) }, 0);
  const issuer = server.url;

  async function answer(request: Request): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname === "/.well-known/openid-configuration")
      return Response.json({
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/jwks`,
        id_token_signing_alg_values_supported: ["RS256"],
      });
    if (pathname === "/jwks") return Response.json({ keys: [jwk] });
    if (pathname === "/authorize") {
      const code = `code-${nonces.size}`;
      nonces.set(code, searchParams.get("nonce") ?? "");
      const back = new URL(z.string().parse(searchParams.get("redirect_uri")));
      back.searchParams.set("code", code);
      back.searchParams.set("state", searchParams.get("state") ?? "");
      return Response.redirect(back.href, 302);
    }
    const sent = new URLSearchParams(await request.text());
    const nonce = nonces.get(sent.get("code") ?? "") ?? "";
    const idToken = await new SignJWT({ ...provider.user, nonce })
      .setProtectedHeader({ alg: "RS256", kid: "1" })
      .setIssuer(issuer)
      .setAudience("waybill")
      .setIssuedAt()
      .setExpirationTime("5m")
      .sign(provider.forge ? others.privateKey : keys.privateKey);
    return Response.json({ access_token: "a", token_type: "Bearer", id_token: idToken, expires_in: 300 });
  }

  return Object.assign(provider, {
    discoveryUrl: `${issuer}/.well-known/openid-configuration`,
    stop: () => server.close(),
  });
}
