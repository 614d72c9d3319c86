import type { Metadata } from "next";
import { StuckPage } from "../../../console/stuck/stuck-page.tsx";
import { type PageQuery, requireSession } from "../require-session.ts";

export const metadata: Metadata = { title: "Stuck" };

/** What does not go on, and why. */
export default async function Page({ searchParams }: { searchParams: PageQuery }) {
  await requireSession("/stuck", searchParams);
  return <StuckPage />;
}
