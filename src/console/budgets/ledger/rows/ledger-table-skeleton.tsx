import { FoldingTableSkeleton } from "../../folding-table-skeleton.tsx";
import classes from "./ledger-table.module.css";
import { LedgerTableHead } from "./ledger-table.tsx";

const cells = [
  { className: classes.time, lines: [132] },
  { className: classes.what, lines: [72, "text"] },
  { className: classes.file, lines: ["text"] },
  { className: classes.quantity, lines: [76], number: true },
  { className: classes.price },
  { className: classes.amount, lines: [60], number: true },
] as const;

/** The list while it is read for the first time. */
export function LedgerTableSkeleton() {
  return (
    <FoldingTableSkeleton caption="The entries are being read" head={<LedgerTableHead />} cells={cells} />
  );
}
