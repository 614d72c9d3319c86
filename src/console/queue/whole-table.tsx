"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import type { RowData } from "@tanstack/react-table";
import type { ReactNode } from "react";
import { type Column, ListTable, ListTableSkeleton } from "../list/list-table.tsx";
import { Loaded } from "../states/loaded.tsx";
import { SaidTools } from "./said-line.tsx";

/** A list that QStash gives as a whole, in all its states. */
export function WholeTable<Item extends RowData>(props: {
  /** Of the list in the API. */
  path: string;
  caption: string;
  columns: readonly Column<Item>[];
  keyOf: (item: Item) => string;
  read: UseQueryResult<{ readonly items: readonly Item[]; readonly readAt: string }, Error>;
  /** What is said when it could not be read. */
  failed: string;
  /** What stands in place of no rows. */
  empty: ReactNode;
}) {
  const { caption, columns, keyOf } = props;
  return (
    <Loaded
      read={props.read}
      loading={<ListTableSkeleton caption={caption} columns={columns} />}
      failed={props.failed}
    >
      {({ items, readAt }) => (
        <>
          <SaidTools readAt={readAt} path={props.path} />
          {items.length === 0 ? (
            props.empty
          ) : (
            <ListTable caption={caption} columns={columns} items={items} keyOf={keyOf} dimmed={false} />
          )}
        </>
      )}
    </Loaded>
  );
}
