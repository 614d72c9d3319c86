import type { Metadata } from "next";
import { SearchPage } from "../../../console/search/search-page.tsx";
import { type PageQuery, requireSession } from "../require-session.ts";

export const metadata: Metadata = { title: "Search" };

/** The search over a project's index. */
export default async function Page({ searchParams }: { searchParams: PageQuery }) {
  await requireSession("/search", searchParams);
  return <SearchPage />;
}
