import type { Metadata } from "next";
import { JoinPage } from "../../../console/join/join-page.tsx";
import { getRuntime } from "../../../runtime.ts";
import { readInvitation } from "../../../triage/people/read-invitation.ts";

export const metadata: Metadata = { title: "Join", referrer: "no-referrer" };

/** Taking an invitation up; reading its page does not use it up. */
export default async function Page({ params }: { params: Promise<{ token: string }> }) {
  const token = decodeURIComponent((await params).token);
  return <JoinPage token={token} invitation={(await readInvitation(getRuntime(), token)) ?? null} />;
}
