import type { Metadata } from "next";
import { ProvidersPage } from "../../../console/providers/providers-page.tsx";
import { type PageQuery, requireSession } from "../require-session.ts";

export const metadata: Metadata = { title: "Providers" };

/** Whether those who do the work for us answer, and what waits for them. */
export default async function Page({ searchParams }: { searchParams: PageQuery }) {
  await requireSession("/providers", searchParams);
  return <ProvidersPage />;
}
