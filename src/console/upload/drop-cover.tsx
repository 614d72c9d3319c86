"use client";

import { Dropzone } from "@mantine/dropzone";
import { IconUpload } from "@tabler/icons-react";
import classes from "./upload.module.css";

/**
 * Covers the page while files are dragged over it, and takes them. It is there for pointers alone and always in the
 * page, so it is hidden from what reads the page aloud.
 */
export function DropCover(props: {
  active: boolean;
  project: string | null;
  onDrop: (files: File[]) => void;
}) {
  return (
    <Dropzone.FullScreen
      active={props.active}
      onDrop={props.onDrop}
      className={classes.cover}
      zIndex={300}
      activateOnKeyboard={false}
      inputProps={{ "aria-hidden": true }}
    >
      <div className={classes.coverText} aria-hidden="true">
        <IconUpload size={24} stroke={1.75} aria-hidden="true" />
        <strong>Drop to upload</strong>
        <span>{props.project === null ? "You choose the project next." : `into ${props.project}`}</span>
      </div>
    </Dropzone.FullScreen>
  );
}
