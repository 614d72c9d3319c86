import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ErrorPage } from "../../../../console/errors/error-page.tsx";
import { readErrorPage } from "../../../../console/errors/read-error-page.ts";
import { type PageQuery, requireSession } from "../../require-session.ts";

type PageParams = Promise<{ code: string }>;

/** The code is the title. */
export async function generateMetadata({ params }: { params: PageParams }): Promise<Metadata> {
  return { title: (await params).code };
}

/** What an error code means; the codes are those of the version that runs. */
export default async function Page(props: { params: PageParams; searchParams: PageQuery }) {
  const { code } = await props.params;
  await requireSession(`/errors/${encodeURIComponent(code)}`, props.searchParams);
  const tree = await readErrorPage(code);
  if (tree === null) notFound();
  return <ErrorPage tree={tree} />;
}
