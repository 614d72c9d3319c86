import type { Metadata } from "next";
import { GroupPage } from "../../../../console/failures/group/group-page.tsx";
import { type PageQuery, requireSession } from "../../require-session.ts";

export const metadata: Metadata = { title: "Failure" };

/** One failure group. */
export default async function Page(props: { params: Promise<{ id: string }>; searchParams: PageQuery }) {
  const { id } = await props.params;
  await requireSession(`/failures/${id}`, props.searchParams);
  return <GroupPage id={decodeURIComponent(id)} />;
}
