import type { Metadata } from "next";
import { FilePage } from "../../../../console/file/file-page.tsx";
import { type PageQuery, requireSession } from "../../require-session.ts";

export const metadata: Metadata = { title: "File" };

/** One file. */
export default async function Page(props: { params: Promise<{ id: string }>; searchParams: PageQuery }) {
  const { id } = await props.params;
  await requireSession(`/files/${id}`, props.searchParams);
  return <FilePage fileId={decodeURIComponent(id)} />;
}
