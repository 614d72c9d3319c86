import type { Metadata } from "next";
import { FailuresPage } from "../../../console/failures/list/failures-page.tsx";
import { type PageQuery, requireSession } from "../require-session.ts";

export const metadata: Metadata = { title: "Failures" };

/** What fails, by its causes. */
export default async function Page({ searchParams }: { searchParams: PageQuery }) {
  await requireSession("/failures", searchParams);
  return <FailuresPage />;
}
