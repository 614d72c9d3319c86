import type { Metadata } from "next";
import { PricesPage } from "../../../../console/budgets/prices/prices-page.tsx";
import { type PageQuery, requireSession } from "../../require-session.ts";

export const metadata: Metadata = { title: "Prices" };

/** The price book with its history. */
export default async function Page({ searchParams }: { searchParams: PageQuery }) {
  await requireSession("/budgets/prices", searchParams);
  return <PricesPage />;
}
