"use client";

import { ActionIcon, Progress } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import Link from "next/link";
import { formatBytes } from "../format/count.ts";
import { StateIcon } from "../status/status-mark.tsx";
import classes from "./tray.module.css";
import { isSettled, summaryOf, type UploadItem } from "./upload.model.ts";

/** The uploads of this browser, in the corner of every page until they are put away. */
export function UploadTray({ items, onClear }: { items: readonly UploadItem[]; onClear: () => void }) {
  if (items.length === 0) return null;
  return (
    <section className={classes.tray} aria-label="Uploads">
      <header className={classes.head}>
        <h2 className={classes.title} role="status">
          {summaryOf(items)}
        </h2>
        <ActionIcon
          aria-label="Put away the finished uploads"
          onClick={onClear}
          disabled={!items.some(isSettled)}
          size="sm"
        >
          <IconX size={16} stroke={1.75} />
        </ActionIcon>
      </header>
      <ul className={classes.list}>
        {items.map((item) => (
          <UploadRow key={item.key} item={item} />
        ))}
      </ul>
    </section>
  );
}

function UploadRow({ item }: { item: UploadItem }) {
  const { phase } = item;
  const state = {
    waiting: "queued",
    sending: "running",
    checking: "running",
    accepted: "succeeded",
    refused: "failed",
  } as const;
  return (
    <li className={classes.row}>
      <span className={classes.sign}>
        <StateIcon state={state[phase.kind]} />
      </span>
      <div className={classes.body}>
        <div className={classes.line}>
          <span className={classes.name} title={item.name}>
            {item.name}
          </span>
          <span className={classes.size}>{formatBytes(item.bytes)}</span>
        </div>
        {phase.kind === "sending" && (
          <Progress
            value={phase.share * 100}
            size={4}
            aria-label={`${item.name}: ${Math.round(phase.share * 100)} % sent`}
            transitionDuration={120}
          />
        )}
        <UploadNote item={item} />
      </div>
    </li>
  );
}

function UploadNote({ item }: { item: UploadItem }) {
  const { phase } = item;
  switch (phase.kind) {
    case "waiting":
      return <p className={classes.note}>Waiting for its turn</p>;
    case "sending":
      return null;
    case "checking":
      return <p className={classes.note}>Sent; the server is looking at it</p>;
    case "refused":
      return <p className={classes.refusal}>{phase.sentence}</p>;
    case "accepted":
      return (
        <p className={classes.note}>
          {phase.file.duplicate ? `${item.project} has this content already. ` : `In ${item.project}. `}
          <Link href={`/files/${phase.file.fileId}`}>Open the file</Link>
        </p>
      );
  }
}
