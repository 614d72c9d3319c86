import type { Metadata } from "next";
import { YouPage } from "../../../console/settings/you-page.tsx";
import { type PageQuery, requireSession } from "../require-session.ts";

export const metadata: Metadata = { title: "Settings" };

/** One's own name, password and sessions. */
export default async function Page({ searchParams }: { searchParams: PageQuery }) {
  await requireSession("/settings", searchParams);
  return <YouPage />;
}
