"use client";

import { UnstyledButton } from "@mantine/core";
import { IconPlayerPauseFilled } from "@tabler/icons-react";
import { formatClock } from "../format/moment.ts";
import { useTimeChoice } from "../time/time-zone.tsx";
import classes from "./freshness.module.css";
import { useLive } from "./live.tsx";

/**
 * When the figures of a page were read (in ms; 0 where the page has no one time), and whether they go on by themselves: a click, or l, turns
 * that.
 */
export function Freshness({ readAtMs }: { readAtMs: number }) {
  const { still, turn } = useLive();
  if (readAtMs === 0 && !still) return null;
  return (
    <div className={classes.line} data-still={still}>
      {readAtMs > 0 && <ReadAt at={new Date(readAtMs)} />}
      <UnstyledButton
        className={classes.turn}
        data-hint={still ? "Read them again by themselves (l)" : "Hold the figures still (l)"}
        onClick={turn}
      >
        {still ? (
          <IconPlayerPauseFilled size={12} aria-hidden="true" />
        ) : (
          <span className={classes.dot} aria-hidden="true" />
        )}
        {still ? "paused" : "live"}
      </UnstyledButton>
    </div>
  );
}

function ReadAt({ at }: { at: Date }) {
  const iso = at.toISOString();
  const { timeZone } = useTimeChoice();
  return <time dateTime={iso}>as of {formatClock(at, timeZone)}</time>;
}
