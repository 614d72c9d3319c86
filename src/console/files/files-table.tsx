"use client";

import { useHotkeys } from "@mantine/hooks";
import type { ReactNode } from "react";
import type { FileSummary } from "../../pipeline/files/file-view.ts";
import { formatBytes, formatCount } from "../format/count.ts";
import { MomentText } from "../format/moment-text.tsx";
import { MoneyText } from "../format/money-text.tsx";
import list from "../list/list-table.module.css";
import { FileRowLink } from "../list/row-link.tsx";
import { StatusMark } from "../status/status-mark.tsx";
import { ChooseBox } from "./choose/choose-box.tsx";
import { pageIsChosen } from "./choose/chosen.model.ts";
import type { Choosing } from "./choose/use-chosen.ts";
import { failureLine, measuresLine } from "./files.model.ts";
import classes from "./files-table.module.css";

/** The head of the list; its columns hold for the rows and for the skeleton. `children`: the box of the whole page. */
export function FilesTableHead({ children }: { children?: ReactNode }) {
  return (
    <thead>
      <tr>
        {children === undefined ? (
          <td className={classes.choose} />
        ) : (
          <th className={classes.choose}>{children}</th>
        )}
        <th className={classes.status}>Status</th>
        <th className={classes.name}>Name</th>
        <th className={classes.project}>Project</th>
        <th className={classes.measure}>Size</th>
        <th className={classes.measure}>Pages</th>
        <th className={classes.measure}>Chunks</th>
        <th className={classes.measure}>Attempts</th>
        <th className={classes.cost}>Cost</th>
        <th className={classes.age}>Added</th>
      </tr>
    </thead>
  );
}

/** A page of files; each row is one link, with a box that chooses it. */
export function FilesTable(props: { files: readonly FileSummary[]; dimmed: boolean; choosing: Choosing }) {
  const { files, dimmed, choosing } = props;
  const { ids, every } = choosing;
  const page = files.map(({ id }) => id);
  const toggleFocused = (range: boolean) => {
    const id = document.activeElement?.closest<HTMLElement>("[data-file]")?.dataset.file;
    if (id !== undefined) choosing.toggle(id, range);
  };
  useHotkeys([
    ["x", () => toggleFocused(false)],
    ["shift+x", () => toggleFocused(true)],
  ]);
  return (
    <table className={classes.table} data-dimmed={dimmed} aria-busy={dimmed}>
      <caption className={list.spoken}>Files, newest first</caption>
      <FilesTableHead>
        <ChooseBox
          label="Choose all files on this page"
          state={every ? "all" : pageIsChosen(ids, page)}
          onToggle={choosing.togglePage}
        />
      </FilesTableHead>
      <tbody>
        {files.map((file) => (
          <FileRow key={file.id} file={file} choosing={choosing} />
        ))}
      </tbody>
    </table>
  );
}

function FileRow({ file, choosing }: { file: FileSummary; choosing: Choosing }) {
  const failure = failureLine(file);
  const chosen = choosing.every || choosing.ids.includes(file.id);
  return (
    <tr
      className={`${list.row} ${classes.row}`}
      data-status={file.status}
      data-file={file.id}
      data-chosen={chosen}
    >
      <td className={classes.choose}>
        <ChooseBox
          label={`Choose ${file.name}`}
          state={chosen ? "all" : "none"}
          disabled={choosing.every}
          onToggle={(shift) => choosing.toggle(file.id, shift)}
        />
      </td>
      <td className={classes.status}>
        <StatusMark state={file.status} />
      </td>
      <td className={classes.name}>
        <FileRowLink fileId={file.id} name={file.name} />
        {failure && (
          <p className={classes.failure}>
            <b>{failure.step}</b> {failure.sentence}
          </p>
        )}
        <p className={classes.measures}>{measuresLine(file)}</p>
      </td>
      <td className={classes.project}>{file.project}</td>
      <td className={classes.measure}>{formatBytes(file.bytes)}</td>
      <td className={classes.measure}>{orDash(file.pages)}</td>
      <td className={classes.measure}>{orDash(file.chunks)}</td>
      <td className={classes.measure}>{formatCount(file.attempts)}</td>
      <td className={classes.cost}>
        <MoneyText nanoUsd={file.costNanoUsd} />
      </td>
      <td className={classes.age}>
        <MomentText at={file.createdAt} />
      </td>
    </tr>
  );
}

function orDash(value: number | null) {
  if (value !== null) return formatCount(value);
  return (
    <span className={classes.unknown}>
      <span aria-hidden="true">–</span>
      <span className={list.spoken}>none</span>
    </span>
  );
}
