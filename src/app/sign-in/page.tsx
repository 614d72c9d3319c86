import type { Metadata } from "next";
import { SignInPage } from "../../console/sign-in/sign-in-page.tsx";

export const metadata: Metadata = { title: "Sign in" };

/** Signing in with a key. */
export default function Page() {
  return <SignInPage />;
}
