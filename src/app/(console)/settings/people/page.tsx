import type { Metadata } from "next";
import { PeoplePage } from "../../../../console/settings/people-page.tsx";
import { type PageQuery, requireSession } from "../../require-session.ts";

export const metadata: Metadata = { title: "People" };

/** Who signs in, and with which role. */
export default async function Page({ searchParams }: { searchParams: PageQuery }) {
  await requireSession("/settings/people", searchParams);
  return <PeoplePage />;
}
