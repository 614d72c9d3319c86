import type { Metadata } from "next";
import { oidcSettings } from "../../access/oidc-settings.ts";
import { SignInPage } from "../../console/sign-in/sign-in-page.tsx";
import { getRuntime } from "../../runtime.ts";

export const metadata: Metadata = { title: "Sign in" };

/** Signing in by e-mail and password, or by the identity provider. */
export default function Page() {
  return <SignInPage providerName={oidcSettings(getRuntime().env)?.name ?? null} />;
}
