"use client";

import { Button, Skeleton } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { ChunkView, FileView } from "../../../pipeline/files/file-view.ts";
import { sentenceOf } from "../../api-error.ts";
import { CopiedId } from "../../format/copied-id.tsx";
import { formatCounted } from "../../format/count.ts";
import { HeadingPath } from "../../format/heading-path.tsx";
import { pagesText } from "../../format/pages-text.ts";
import { useStill } from "../../page/live.tsx";
import { EmptyState } from "../../states/empty-state.tsx";
import { FailureState } from "../../states/failure-state.tsx";
import sheet from "../sheet.module.css";
import { chunksQuery } from "./chunks.query.ts";
import classes from "./chunks-tab.module.css";

/** The text as it was cut and indexed. */
export function ChunksTab({ file }: { file: FileView }) {
  const chunks = useInfiniteQuery({ ...chunksQuery(file), ...useStill() });
  if (chunks.data === undefined) {
    if (chunks.error === null) return <Skeleton height={320} />;
    return (
      <FailureState
        title="The chunks could not be read"
        error={chunks.error}
        onRetry={() => void chunks.refetch()}
      />
    );
  }
  const items = chunks.data.pages.flatMap((page) => page.items);
  if (items.length === 0) {
    return <EmptyState title="No chunks yet" text="They appear here when the chunk step has succeeded." />;
  }
  return (
    <>
      <ol className={classes.chunks}>
        {items.map((chunk) => (
          <Chunk key={chunk.ordinal} fileId={file.id} chunk={chunk} />
        ))}
      </ol>
      {chunks.hasNextPage && (
        <Button
          variant="default"
          className={sheet.more ?? ""}
          loading={chunks.isFetchingNextPage}
          onClick={() => void chunks.fetchNextPage()}
        >
          Show more chunks
        </Button>
      )}
      {chunks.isFetchNextPageError && <p role="alert">{sentenceOf(chunks.error)}</p>}
    </>
  );
}

const embeddingWords = {
  paid: "paid by this run",
  cached: "found from an earlier run",
} as const;

function Chunk({ fileId, chunk }: { fileId: string; chunk: ChunkView }) {
  return (
    <li className={classes.chunk}>
      <div className={classes.margin}>
        <b>{chunk.ordinal + 1}</b>
        <Link href={`/files/${encodeURIComponent(fileId)}?tab=pages&page=${chunk.firstPage}`}>
          {pagesText(chunk.firstPage, chunk.lastPage)}
        </Link>
        <span>{formatCounted(chunk.tokens, "token")}</span>
      </div>
      <div className={classes.body}>
        <HeadingPath path={chunk.headingPath} />
        <div className={classes.vector}>
          <span>
            {chunk.embedding === null ? "No vector yet" : `Vector ${embeddingWords[chunk.embedding]}`}
            {chunk.embedding !== null && chunk.vectorId === null && ", not in the index yet"}
          </span>
          {chunk.vectorId !== null && <CopiedId label="vector" id={chunk.vectorId} />}
        </div>
        <p className={classes.text}>{chunk.text}</p>
      </div>
    </li>
  );
}
