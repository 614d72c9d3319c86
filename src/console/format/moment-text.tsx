"use client";

import { Tooltip } from "@mantine/core";
import { useNow } from "../shell/now.tsx";
import { formatAgo, formatLocal, formatUtc } from "./moment.ts";

/** A moment as its age; exact in UTC and on the reader's clock when pointed at. */
export function MomentText({ at }: { at: string }) {
  const age = formatAgo(at, useNow());
  return (
    <Tooltip
      label={
        <>
          {formatUtc(at)}
          <br />
          {formatLocal(at)}
        </>
      }
    >
      <time dateTime={at}>{age}</time>
    </Tooltip>
  );
}
