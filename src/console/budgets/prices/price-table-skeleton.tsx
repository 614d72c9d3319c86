import { FoldingTableSkeleton } from "../folding-table-skeleton.tsx";
import classes from "./price-table.module.css";
import { PriceTableHead } from "./price-table.tsx";

const cells = [
  { className: classes.what, lines: ["text", 72] },
  { className: classes.price, lines: [160] },
  { className: classes.since },
  { className: classes.source, lines: ["text"] },
  { className: classes.deeds },
] as const;

/** The book while it is read for the first time. */
export function PriceTableSkeleton() {
  return (
    <FoldingTableSkeleton caption="The price book is being read" head={<PriceTableHead />} cells={cells} />
  );
}
