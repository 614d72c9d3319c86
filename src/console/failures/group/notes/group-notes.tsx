"use client";

import { Skeleton, Textarea } from "@mantine/core";
import { getHotkeyHandler } from "@mantine/hooks";
import { useState } from "react";
import { longestNote } from "../../../../triage/failures/notes/note-view.ts";
import { sentenceOf } from "../../../api-error.ts";
import { MomentText } from "../../../format/moment-text.tsx";
import { DeedButton } from "../../../me/deed-button.tsx";
import { useMe } from "../../../me/me.tsx";
import { useLiveQuery } from "../../../page/live.tsx";
import page from "../../../page/page-section.module.css";
import { PageSection } from "../../../page/page-section.tsx";
import { FailureState } from "../../../states/failure-state.tsx";
import { notesQuery } from "../../failures.query.ts";
import lines from "../group-lines.module.css";
import classes from "./group-notes.module.css";
import { useAddNote } from "./use-add-note.ts";

/** What people wrote of a group, newest first, and the field for one more. */
export function GroupNotes({ id }: { id: string }) {
  return (
    <PageSection title="Notes">
      <div className={classes.notes}>
        <NewNote id={id} />
        <NoteList id={id} />
      </div>
    </PageSection>
  );
}

function NewNote({ id }: { id: string }) {
  const [text, setText] = useState("");
  const add = useAddNote(id, (lost) => setText((now) => (now === "" ? lost : now)));
  const may = useMe().can("POST /api/v1/failures/{id}/notes");
  const ready = text.trim() !== "";
  // The field is free for the next note at once, and takes back what was not taken.
  const send = () => {
    if (!ready || !may) return;
    setText("");
    add.mutate(text.trim());
  };
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Textarea
        className={classes.field ?? ""}
        aria-label="New note"
        placeholder="What is known of it, for whoever looks next"
        autosize
        minRows={1}
        maxRows={8}
        maxLength={longestNote}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={getHotkeyHandler([["mod+Enter", send]])}
      />
      <DeedButton
        deed="POST /api/v1/failures/{id}/notes"
        type="submit"
        variant="default"
        loading={add.isPending}
        disabled={!ready}
      >
        Add note
      </DeedButton>
      {add.error !== null && (
        <p className={classes.error} role="alert">
          {sentenceOf(add.error)}
        </p>
      )}
    </form>
  );
}

function NoteList({ id }: { id: string }) {
  const notes = useLiveQuery(notesQuery(id));
  if (notes.data === undefined) {
    if (notes.error === null) return <Skeleton height={20} width="40%" />;
    return (
      <FailureState
        title="The notes could not be read"
        error={notes.error}
        onRetry={() => void notes.refetch()}
      />
    );
  }
  const { items, nextCursor } = notes.data;
  if (items.length === 0) return null;
  return (
    <>
      <ol className={lines.list} aria-label="Notes, newest first">
        {items.map((note) => (
          <li key={note.id}>
            <p className={classes.text}>{note.text}</p>
            <p className={page.quiet}>
              {note.keyName} · <MomentText at={note.at} />
            </p>
          </li>
        ))}
      </ol>
      {nextCursor !== null && <p className={page.quiet}>The newest {items.length} notes are shown.</p>}
    </>
  );
}
