import { Skeleton } from "@mantine/core";
import folding from "../folding-table.module.css";
import classes from "./price-table.module.css";
import { PriceTableHead } from "./price-table.tsx";

const rows = Array.from({ length: 12 }, (_, at) => ({ key: at, width: `${40 + ((at * 37) % 45)}%` }));

/** The book while it is read for the first time: same head, same row height. */
export function PriceTableSkeleton() {
  return (
    <table className={folding.table} aria-busy="true">
      <caption className={folding.spoken}>The price book is being read</caption>
      <PriceTableHead />
      <tbody>
        {rows.map(({ key, width }) => (
          <tr key={key} className={folding.row}>
            <td className={classes.what}>
              <Skeleton height={12} my={4} width={width} />
              <Skeleton height={10} my={4} width={72} />
            </td>
            <td className={classes.price}>
              <Skeleton height={12} my={4} width={160} />
            </td>
            <td className={classes.since} />
            <td className={classes.source}>
              <Skeleton height={12} my={4} width={width} />
            </td>
            <td className={classes.deeds} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}
