import { Skeleton } from "@mantine/core";
import list from "../table/list-table.module.css";
import classes from "./stuck-table.module.css";
import { StuckTableHead } from "./stuck-table.tsx";

const rows = Array.from({ length: 8 }, (_, at) => ({ key: at, width: `${40 + ((at * 37) % 45)}%` }));

/** The list while it is read for the first time: same head, same row height. */
export function StuckTableSkeleton() {
  return (
    <table className={`${list.table} ${classes.stuck}`} aria-busy="true">
      <caption className={list.spoken}>The stuck steps are being read</caption>
      <StuckTableHead />
      <tbody>
        {rows.map(({ key, width }) => (
          <tr key={key} className={`${list.row} ${classes.one}`}>
            <td>
              <Skeleton height={12} my={4} width={104} />
            </td>
            <td className={classes.file}>
              <Skeleton height={12} my={4} width={width} />
              <Skeleton height={10} my={4} width="60%" />
            </td>
            <td className={list.wide} />
            <td className={list.wide} />
            <td>
              <Skeleton height={12} my={4} ml="auto" width={44} />
            </td>
            <td className={classes.actions} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}
