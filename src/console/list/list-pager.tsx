"use client";

import { Button } from "@mantine/core";
import { useState } from "react";
import { formatCounted } from "../format/count.ts";
import classes from "./list-pager.module.css";

/** What its buttons say: back to the first page, back by one, and on. */
const turns = {
  newest: { begin: "Newest", back: "Newer", on: "Older" },
  oldest: { begin: "Oldest", back: "Older", on: "Newer" },
} as const;

/**
 * Goes on in a list and back. Lists are paged by key, so there are no page numbers and no total: a
 * page costs the same however many rows there are.
 */
export function ListPager(props: {
  cursor: string | null;
  nextCursor: string | null;
  count: number;
  /** What the rows are called, one of them and several. */
  words: readonly [one: string, several: string];
  /** Which rows the list begins with. */
  first?: "newest" | "oldest";
  onCursor: (cursor: string | null) => void;
}) {
  const { cursor, nextCursor, count, words, first = "newest", onCursor } = props;
  const turn = turns[first];
  // The way here, for the way back; a page opened from a link knows only the beginning.
  const [trail, setTrail] = useState<readonly (string | null)[]>([]);
  if (cursor === null && nextCursor === null) {
    return count === 0 ? null : <p className={classes.count}>{formatCounted(count, ...words)}</p>;
  }
  return (
    <nav className={classes.pager} aria-label="Pages of the list">
      <Button
        variant="default"
        disabled={cursor === null}
        onClick={() => {
          setTrail(trail.slice(0, -1));
          onCursor(trail.at(-1) ?? null);
        }}
      >
        {cursor !== null && trail.length === 0 ? turn.begin : turn.back}
      </Button>
      <Button
        variant="default"
        disabled={nextCursor === null}
        onClick={() => {
          // From the first page on, whatever way was gone before is of another list.
          setTrail(cursor === null ? [null] : [...trail, cursor]);
          onCursor(nextCursor);
        }}
      >
        {turn.on}
      </Button>
      <span className={classes.count}>
        {formatCounted(count, ...words)} on this page{nextCursor === null ? ", the last" : ""}
      </span>
    </nav>
  );
}
