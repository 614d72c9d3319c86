import type { Metadata } from "next";
import { QueuePage } from "../../../console/queue/queue-page.tsx";
import { type PageQuery, requireSession } from "../require-session.ts";

export const metadata: Metadata = { title: "Queue" };

/** What is under way between Postgres and QStash. */
export default async function Page({ searchParams }: { searchParams: PageQuery }) {
  await requireSession("/queue", searchParams);
  return <QueuePage />;
}
