"use client";

import { Dropzone } from "@mantine/dropzone";
import { IconUpload } from "@tabler/icons-react";
import classes from "./upload.module.css";

/** The framed place that takes dropped files, or opens the file chooser. */
export function DropField(props: { onFiles: (files: File[]) => void; disabled?: boolean }) {
  return (
    <Dropzone
      onDrop={props.onFiles}
      disabled={props.disabled ?? false}
      className={classes.field ?? ""}
      inputProps={{ "aria-label": "Files to upload" }}
    >
      <div className={classes.fieldText}>
        <IconUpload size={24} stroke={1.75} aria-hidden="true" />
        <strong>Drop files here, or choose them</strong>
        <span>PDF, DOCX, HTML, Markdown and plain text; several at once.</span>
      </div>
    </Dropzone>
  );
}
