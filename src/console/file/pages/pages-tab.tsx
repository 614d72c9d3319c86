"use client";

import { Button, Skeleton } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { FileView } from "../../../pipeline/files/file-view.ts";
import { sentenceOf } from "../../api-error.ts";
import { useStill } from "../../page/live.tsx";
import { EmptyState } from "../../states/empty-state.tsx";
import { FailureState } from "../../states/failure-state.tsx";
import sheet from "../sheet.module.css";
import { GoToPage } from "./go-to-page.tsx";
import { PageSheet } from "./page-sheet.tsx";
import { pagesQuery } from "./pages.query.ts";
import classes from "./pages-tab.module.css";

/** The pages as they were extracted, each beside its picture where the format has one. */
export function PagesTab(props: { file: FileView; page: number | null; onPage: (page: number) => void }) {
  const { file, onPage } = props;
  const from = Math.max(1, props.page ?? 1);
  const pages = useInfiniteQuery({ ...pagesQuery(file, from), ...useStill() });
  const goTo = file.pages !== null && file.pages > 1 && (
    <GoToPage key={from} page={from} pages={file.pages} onPage={onPage} />
  );
  if (pages.data === undefined) {
    if (pages.error === null) return <Skeleton height={320} />;
    const retry = () => void pages.refetch();
    return <FailureState title="The pages could not be read" error={pages.error} onRetry={retry} />;
  }
  const items = pages.data.pages.flatMap((part) => part.items);
  if (items.length === 0) {
    return (
      <>
        {goTo}
        <EmptyState title="No pages here yet" text="They appear when the extract step has read them." />
      </>
    );
  }
  return (
    <>
      {goTo}
      <ol className={classes.pages} start={from}>
        {items.map((item) => (
          <PageSheet key={item.page} fileId={file.id} page={item} />
        ))}
      </ol>
      {pages.hasNextPage && (
        <Button
          variant="default"
          className={sheet.more ?? ""}
          loading={pages.isFetchingNextPage}
          onClick={() => void pages.fetchNextPage()}
        >
          Show more pages
        </Button>
      )}
      {pages.isFetchNextPageError && <p role="alert">{sentenceOf(pages.error)}</p>}
    </>
  );
}
