"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import type { RowData } from "@tanstack/react-table";
import type { ReactNode } from "react";
import { Loaded } from "../states/loaded.tsx";
import { type Column, ListTable, ListTableSkeleton } from "./list-table.tsx";

/** A list that is given as a whole, in all its states. */
export function WholeTable<Item extends RowData, Answer extends { readonly items: readonly Item[] }>(props: {
  caption: string;
  columns: readonly Column<Item>[];
  keyOf: (item: Item) => string;
  read: UseQueryResult<Answer, Error>;
  /** What is said when it could not be read. */
  failed: string;
  /** What stands above it once it is read. */
  above?: (answer: Answer) => ReactNode;
  /** What stands in place of no rows; without it the table stands alone with its head. */
  empty?: ReactNode;
}) {
  const { caption, columns, keyOf, above, empty } = props;
  return (
    <Loaded
      read={props.read}
      loading={<ListTableSkeleton caption={caption} columns={columns} />}
      failed={props.failed}
    >
      {(answer) => (
        <>
          {above?.(answer)}
          {answer.items.length === 0 && empty !== undefined ? (
            empty
          ) : (
            <ListTable
              caption={caption}
              columns={columns}
              items={answer.items}
              keyOf={keyOf}
              dimmed={false}
            />
          )}
        </>
      )}
    </Loaded>
  );
}
