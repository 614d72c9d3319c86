import type { Metadata } from "next";
import { PipelinePage } from "../../../console/pipeline/pipeline-page.tsx";
import { type PageQuery, requireSession } from "../require-session.ts";

export const metadata: Metadata = { title: "Pipeline" };

/** The step graph and its versions. */
export default async function Page({ searchParams }: { searchParams: PageQuery }) {
  await requireSession("/pipeline", searchParams);
  return <PipelinePage />;
}
