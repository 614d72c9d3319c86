import { Skeleton } from "@mantine/core";
import list from "../list/list-table.module.css";
import classes from "./files-table.module.css";
import { FilesTableHead } from "./files-table.tsx";

const rows = Array.from({ length: 12 }, (_, at) => ({ key: at, width: `${35 + ((at * 37) % 45)}%` }));

/** The list while it is read for the first time: same head, same row height. */
export function FilesTableSkeleton() {
  return (
    <table className={classes.table} aria-busy="true">
      <caption className={list.spoken}>The files are being read</caption>
      <FilesTableHead />
      <tbody>
        {rows.map(({ key, width }) => (
          <tr key={key} className={`${list.row} ${classes.row}`}>
            <td className={classes.choose} />
            <td className={classes.status}>
              <Skeleton height={12} my={4} width={72} />
            </td>
            <td className={classes.name}>
              <Skeleton height={12} my={4} width={width} />
            </td>
            <td className={classes.project}>
              <Skeleton height={12} my={4} width={64} />
            </td>
            <td className={classes.measure} colSpan={4} />
            <td className={classes.cost}>
              <Skeleton height={12} my={4} ml="auto" width={52} />
            </td>
            <td className={classes.age}>
              <Skeleton height={12} my={4} ml="auto" width={44} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
