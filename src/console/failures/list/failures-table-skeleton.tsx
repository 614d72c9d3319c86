import { Skeleton } from "@mantine/core";
import list from "../../table/list-table.module.css";
import { FailuresTableHead } from "./failures-table.tsx";

const rows = Array.from({ length: 8 }, (_, at) => ({ key: at, width: `${40 + ((at * 37) % 45)}%` }));

/** The list while it is read for the first time: same head, same row height. */
export function FailuresTableSkeleton() {
  return (
    <table className={list.table} aria-busy="true">
      <caption className={list.spoken}>The failures are being read</caption>
      <FailuresTableHead />
      <tbody>
        {rows.map(({ key, width }) => (
          <tr key={key} className={list.row}>
            <td>
              <Skeleton height={12} my={4} width={72} />
            </td>
            <td>
              <Skeleton height={12} my={4} width={width} />
              <Skeleton height={10} my={4} width="30%" />
            </td>
            <td className={list.wide} />
            <td />
            <td className={list.wide} />
            <td className={list.wide} />
            <td className={list.wide} />
            <td className={list.wide} />
            <td>
              <Skeleton height={12} my={4} ml="auto" width={44} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
