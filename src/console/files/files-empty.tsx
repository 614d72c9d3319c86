"use client";

import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { sentenceOf } from "../api-error.ts";
import { DeedButton } from "../me/deed-button.tsx";
import { EmptyState } from "../states/empty-state.tsx";
import { DropField } from "../upload/drop-field.tsx";
import { useUploads } from "../upload/uploads-context.ts";
import classes from "./files-empty.module.css";
import { ingestSamples, samplesQuery } from "./samples.query.ts";

/** The list with nothing in it: because of the filters, or because nobody has uploaded yet. */
export function FilesEmpty({ narrowed, onWiden }: { narrowed: boolean; onWiden: () => void }) {
  if (narrowed) {
    return (
      <EmptyState title="No file matches" text="Nothing has this name, project and status together.">
        <Button variant="default" onClick={onWiden}>
          Show all files
        </Button>
      </EmptyState>
    );
  }
  return <FirstUpload />;
}

function FirstUpload() {
  const { send } = useUploads();
  return (
    <EmptyState
      title="No files yet"
      text="A document that you drop here is stored, read, cut into chunks, embedded and indexed. You can close the page meanwhile; each step, its cost and its trace are on record."
    >
      <div className={classes.field}>
        <DropField onFiles={send} />
      </div>
      <SamplesButton />
    </EmptyState>
  );
}

function SamplesButton() {
  const samples = useQuery(samplesQuery);
  const queries = useQueryClient();
  const ingestion = useMutation({
    mutationFn: ingestSamples,
    onSuccess: () => queries.invalidateQueries({ queryKey: ["files"] }),
    onError: (error) =>
      notifications.show({
        color: "red",
        title: "The samples could not be sent",
        message: sentenceOf(error),
      }),
  });
  if (samples.data?.available !== true) return null;
  return (
    <DeedButton
      deed="POST /api/v1/samples"
      variant="subtle"
      onClick={() => ingestion.mutate()}
      loading={ingestion.isPending || ingestion.isSuccess}
    >
      Try it with sample documents
    </DeedButton>
  );
}
