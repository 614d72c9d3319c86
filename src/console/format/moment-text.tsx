"use client";

import { Tooltip } from "@mantine/core";
import { useNow } from "../shell/now.tsx";
import { formatComing } from "./coming.ts";
import { formatAgo, formatLocal, formatUtc } from "./moment.ts";

/** A moment as its age; exact in UTC and on the reader's clock when pointed at. */
export function MomentText({ at }: { at: string }) {
  return <Exact at={at} text={formatAgo(at, useNow())} />;
}

/** A moment that is to come, as people say it; exact in the same way. */
export function ComingText({ at }: { at: string }) {
  return <Exact at={at} text={formatComing(at, useNow())} />;
}

function Exact({ at, text }: { at: string; text: string }) {
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
      <time dateTime={at}>{text}</time>
    </Tooltip>
  );
}
