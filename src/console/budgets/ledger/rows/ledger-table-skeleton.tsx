import { Skeleton } from "@mantine/core";
import folding from "../../folding-table.module.css";
import classes from "./ledger-table.module.css";
import { LedgerTableHead } from "./ledger-table.tsx";

const rows = Array.from({ length: 12 }, (_, at) => ({ key: at, width: `${30 + ((at * 37) % 45)}%` }));

/** The list while it is read for the first time: same head, same row height. */
export function LedgerTableSkeleton() {
  return (
    <table className={folding.table} aria-busy="true">
      <caption className={folding.spoken}>The entries are being read</caption>
      <LedgerTableHead />
      <tbody>
        {rows.map(({ key, width }) => (
          <tr key={key} className={folding.row}>
            <td className={classes.time}>
              <Skeleton height={12} my={4} width={132} />
            </td>
            <td className={classes.what}>
              <Skeleton height={12} my={4} width={72} />
              <Skeleton height={10} my={4} width={width} />
            </td>
            <td className={classes.file}>
              <Skeleton height={12} my={4} width={width} />
            </td>
            <td className={classes.quantity}>
              <Skeleton height={12} my={4} ml="auto" width={76} />
            </td>
            <td className={classes.price} />
            <td className={classes.amount}>
              <Skeleton height={12} my={4} ml="auto" width={60} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
