import type { Metadata } from "next";
import { LinkSignInPage } from "../../../console/sign-in/link-sign-in-page.tsx";

export const metadata: Metadata = { title: "Sign in", referrer: "no-referrer" };

/** Signing in with a one-time link. */
export default async function Page({ params }: { params: Promise<{ token: string }> }) {
  return <LinkSignInPage token={decodeURIComponent((await params).token)} />;
}
