"use client";

import type { ReactNode } from "react";
import type { FileView, RunView } from "../../pipeline/files/file-view.ts";
import { CopiedId } from "../format/copied-id.tsx";
import { formatBytes, formatCount } from "../format/count.ts";
import { MomentText } from "../format/moment-text.tsx";
import { MoneyText } from "../format/money-text.tsx";
import { CopyMenu } from "./copy/copy-menu.tsx";
import classes from "./file-facts.module.css";
import { mediaTypeWord } from "./media-type-word.ts";

/** The fields of the waybill: what is carried, what it weighs, what it cost, and the ids to ask by. */
export function FileFacts({ file, run }: { file: FileView; run: RunView }) {
  return (
    <section className={classes.facts} aria-label="Facts">
      <dl className={classes.fields}>
        <Field label="Type">{mediaTypeWord(file.mediaType)}</Field>
        <Field label="Size">{formatBytes(file.bytes)}</Field>
        <Field label="Pages">{file.pages === null ? "–" : formatCount(file.pages)}</Field>
        <Field label="Chunks">{file.chunks === null ? "–" : formatCount(file.chunks)}</Field>
        <Field label={file.runs > 1 ? "Attempts, all runs" : "Attempts"}>{formatCount(file.attempts)}</Field>
        <Field label={file.runs > 1 ? "Cost, all runs" : "Cost"}>
          <MoneyText nanoUsd={file.costNanoUsd} />
        </Field>
        <Field label="Added">
          <MomentText at={file.createdAt} />
        </Field>
        <Field label="Changed">
          <MomentText at={file.updatedAt} />
        </Field>
      </dl>
      <div className={classes.handles}>
        <div className={classes.ids}>
          <CopiedId label="file" id={file.id} />
          <CopiedId label="run" id={run.id} />
          <CopiedId label="trace" id={run.traceId} />
          <CopiedId label="sha-256" id={file.contentHash} />
        </div>
        <CopyMenu file={file} run={run} />
      </div>
    </section>
  );
}

function Field({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={classes.field}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
