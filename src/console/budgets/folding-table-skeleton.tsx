import { Skeleton } from "@mantine/core";
import type { ReactNode } from "react";
import folding from "./folding-table.module.css";

/** A cell of a row: its lines by their widths in px, `text` for one of a text's varying length. */
interface SkeletonCell {
  readonly className: string | undefined;
  readonly lines?: readonly (number | "text")[];
  /** A figure: at the end of its column. */
  readonly number?: boolean;
}

const rows = Array.from({ length: 12 }, (_, at) => ({ key: at, width: `${35 + ((at * 37) % 45)}%` }));

/**
 * A list whose rows unfold, while it is read for the first time: the same head, rows of the same height.
 * @param props.caption says that it is being read, for who hears the page
 */
export function FoldingTableSkeleton(props: {
  caption: string;
  head: ReactNode;
  cells: readonly SkeletonCell[];
}) {
  return (
    <table className={folding.table} aria-busy="true">
      <caption className={folding.spoken}>{props.caption}</caption>
      {props.head}
      <tbody>
        {rows.map(({ key, width }) => (
          <tr key={key} className={folding.row}>
            {props.cells.map(({ className, lines = [], number }) => (
              <td key={className} className={className}>
                {lines.map((line, at) => (
                  <Skeleton
                    key={line}
                    height={at === 0 ? 12 : 10}
                    my={4}
                    width={line === "text" ? width : line}
                    {...(number && { ml: "auto" })}
                  />
                ))}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
