import type { Metadata } from "next";
import { RequeuesPage } from "../../../console/requeues/list/requeues-page.tsx";
import { type PageQuery, requireSession } from "../require-session.ts";

export const metadata: Metadata = { title: "Requeues" };

/** The requeues, newest first. */
export default async function Page({ searchParams }: { searchParams: PageQuery }) {
  await requireSession("/requeues", searchParams);
  return <RequeuesPage />;
}
