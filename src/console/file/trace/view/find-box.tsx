"use client";

import { ActionIcon, TextInput } from "@mantine/core";
import { IconChevronDown, IconChevronUp, IconSearch } from "@tabler/icons-react";
import { formatCount, formatCounted } from "../../../format/count.ts";
import { hitsBetween, isHit } from "../rows/find-hits.model.ts";
import classes from "./trace-toolbar.module.css";

/** Search inside the trace: how many hits, and the way through them. */
export function FindBox(props: {
  word: string;
  onWord: (word: string) => void;
  hits: Int32Array;
  /** The row that the keys start from. */
  cursorAt: number;
  /** The server found more than it tells of. */
  capped: boolean;
  /** Attributes are still being searched. */
  searching: boolean;
  onStep: (by: 1 | -1) => void;
}) {
  const { word, hits } = props;
  const count = hits.length;
  return (
    <search className={classes.find}>
      <TextInput
        size="xs"
        className={classes.findField}
        placeholder="Name, attribute or error"
        aria-label="Find in the trace"
        data-search-field
        leftSection={<IconSearch size={14} stroke={1.75} />}
        value={word}
        onChange={(event) => props.onWord(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter") props.onStep(event.shiftKey ? -1 : 1);
          else if (event.key === "Escape") {
            props.onWord("");
          } else return;
          event.preventDefault();
        }}
      />
      {word !== "" && (
        <>
          <span className={classes.count} role="status">
            {countWords(hits, props)}
          </span>
          <ActionIcon
            size="sm"
            variant="subtle"
            disabled={count === 0}
            aria-label="Previous hit"
            onClick={() => props.onStep(-1)}
          >
            <IconChevronUp size={16} stroke={1.75} />
          </ActionIcon>
          <ActionIcon
            size="sm"
            variant="subtle"
            disabled={count === 0}
            aria-label="Next hit"
            onClick={() => props.onStep(1)}
          >
            <IconChevronDown size={16} stroke={1.75} />
          </ActionIcon>
        </>
      )}
    </search>
  );
}

function countWords(
  hits: Int32Array,
  { cursorAt, capped, searching }: { cursorAt: number; capped: boolean; searching: boolean },
): string {
  if (hits.length === 0) return searching ? "…" : "No hit";
  const all = `${formatCounted(hits.length, "row")}${capped ? " or more" : ""}`;
  return isHit(hits, cursorAt) ? `${formatCount(hitsBetween(hits, 0, cursorAt + 1))} of ${all}` : all;
}
