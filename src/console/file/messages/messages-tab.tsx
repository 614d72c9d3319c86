"use client";

import { Button, Skeleton } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { FileView } from "../../../pipeline/files/file-view.ts";
import { sentenceOf } from "../../api-error.ts";
import { useStill } from "../../page/live.tsx";
import { EmptyState } from "../../states/empty-state.tsx";
import { FailureState } from "../../states/failure-state.tsx";
import sheet from "../sheet.module.css";
import { MessageCard } from "./message-card.tsx";
import { isOpenAtFirst } from "./messages.model.ts";
import { messagesQuery } from "./messages.query.ts";
import classes from "./messages-tab.module.css";

/** What QStash said of each message of the file: when it was taken in, handed over, delivered or given up. */
export function MessagesTab(props: { file: FileView; messageId: string | null }) {
  const { file, messageId } = props;
  const messages = useInfiniteQuery({ ...messagesQuery(file), ...useStill() });
  if (messages.data === undefined) {
    if (messages.error === null) return <Skeleton height={240} />;
    const retry = () => void messages.refetch();
    return <FailureState title="The messages could not be read" error={messages.error} onRetry={retry} />;
  }
  const items = messages.data.pages.flatMap((page) => page.items);
  if (items.length === 0) {
    return <EmptyState title="No message yet" text="They appear here when QStash has taken them." />;
  }
  return (
    <>
      <p className={sheet.note}>Newest first. QStash&apos;s log of them is copied here every minute.</p>
      <ol className={classes.messages} aria-label="Messages, newest first">
        {items.map((message) => (
          <MessageCard
            key={message.messageId}
            fileId={file.id}
            message={message}
            manyRuns={file.runs > 1}
            chosen={message.messageId === messageId}
            openAtFirst={message.messageId === messageId || isOpenAtFirst(message, items.length)}
          />
        ))}
      </ol>
      {messages.hasNextPage && (
        <Button
          variant="default"
          className={sheet.more ?? ""}
          loading={messages.isFetchingNextPage}
          onClick={() => void messages.fetchNextPage()}
        >
          Show older messages
        </Button>
      )}
      {messages.isFetchNextPageError && <p role="alert">{sentenceOf(messages.error)}</p>}
    </>
  );
}
