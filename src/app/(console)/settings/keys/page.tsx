import type { Metadata } from "next";
import { KeysPage } from "../../../../console/settings/keys-page.tsx";
import { type PageQuery, requireSession } from "../../require-session.ts";

export const metadata: Metadata = { title: "API keys" };

/** What programs ask the API with. */
export default async function Page({ searchParams }: { searchParams: PageQuery }) {
  await requireSession("/settings/keys", searchParams);
  return <KeysPage />;
}
