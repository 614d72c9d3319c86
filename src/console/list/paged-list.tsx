"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import type { RowData } from "@tanstack/react-table";
import type { ReactNode } from "react";
import { Loaded } from "../states/loaded.tsx";
import type { Choosing } from "./choose/use-chosen.ts";
import { ListPager } from "./list-pager.tsx";
import { type Column, ListTable, ListTableSkeleton } from "./list-table.tsx";

/** What every list of pages is told. */
interface PagedProps<Item> {
  /** The page as it was read. */
  read: UseQueryResult<{ readonly items: readonly Item[]; readonly nextCursor: string | null }, Error>;
  /** What is said when it could not be. */
  failed: string;
  /** What stands in place of no rows. */
  empty: ReactNode;
  /** What the rows are called, one of them and several. */
  words: readonly [one: string, several: string];
  /** Which rows the list begins with. */
  first?: "newest" | "oldest";
  cursor: string | null;
  onCursor: (cursor: string | null) => void;
}

/** A list in all its states: being read, not to be read, old, empty, and full with the way to its other pages. */
export function PagedList<Item>(
  props: PagedProps<Item> & {
    loading: ReactNode;
    children: (items: readonly Item[], dimmed: boolean) => ReactNode;
  },
) {
  const { read } = props;
  return (
    <Loaded read={read} loading={props.loading} failed={props.failed}>
      {({ items, nextCursor }) => (
        <>
          {items.length === 0 ? props.empty : props.children(items, read.isPlaceholderData)}
          <ListPager
            words={props.words}
            {...(props.first !== undefined && { first: props.first })}
            cursor={props.cursor}
            nextCursor={nextCursor}
            count={items.length}
            onCursor={props.onCursor}
          />
        </>
      )}
    </Loaded>
  );
}

/**
 * A list whose rows are links, in all its states.
 * @param props.caption what it has and in which order
 * @param props.choosing where its rows can be chosen
 */
export function PagedTable<Item extends RowData>(
  props: PagedProps<Item> & {
    caption: string;
    columns: readonly Column<Item>[];
    keyOf: (item: Item) => string;
    choosing?: Choosing<Item>;
  },
) {
  const { caption, columns, keyOf, choosing } = props;
  const choose = choosing !== undefined;
  return (
    <PagedList {...props} loading={<ListTableSkeleton caption={caption} columns={columns} choose={choose} />}>
      {(items, dimmed) => (
        <ListTable
          {...{ caption, columns, items, keyOf, dimmed }}
          {...(choosing !== undefined && { choosing })}
        />
      )}
    </PagedList>
  );
}
