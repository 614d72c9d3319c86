import type { Metadata } from "next";
import { FilesPage } from "../../../console/files/files-page.tsx";
import { type PageQuery, requireSession } from "../require-session.ts";

export const metadata: Metadata = { title: "Files" };

/** The list of files. */
export default async function Page({ searchParams }: { searchParams: PageQuery }) {
  await requireSession("/files", searchParams);
  return <FilesPage />;
}
