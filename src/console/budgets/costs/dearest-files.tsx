"use client";

import { Skeleton } from "@mantine/core";
import Link from "next/link";
import { fileStatuses } from "../../../pipeline/files/file-view.ts";
import { formatCount } from "../../format/count.ts";
import { MoneyText } from "../../format/money-text.tsx";
import { ExportMenu } from "../../list/export-menu.tsx";
import { useLiveQuery } from "../../page/live.tsx";
import { rowLink } from "../../shell/row-focus.ts";
import { FailureState } from "../../states/failure-state.tsx";
import { StatusMark } from "../../status/status-mark.tsx";
import { FigureLink } from "../figure-link.tsx";
import { ledgerHref } from "../ledger-href.ts";
import { dearestFilesQuery, projectQueryOf } from "./costs.query.ts";
import type { CostsSpan } from "./costs-span.model.ts";
import { perThousand } from "./dearest-files.model.ts";
import classes from "./figure-table.module.css";
import { FigureTable } from "./figure-table.tsx";

const head = [
  { text: "File" },
  { text: "Status" },
  { text: "Pages", number: true, wide: true },
  { text: "Per 1,000 pages", number: true, wide: true },
  { text: "All it has cost", number: true },
];

/** The dearest files of the span. */
export function DearestFiles({ span, project }: { span: CostsSpan; project: string }) {
  const files = useLiveQuery(dearestFilesQuery(span, project));
  if (files.data === undefined) {
    if (files.error === null) return <Skeleton height={200} />;
    const retry = () => void files.refetch();
    return <FailureState title="The dearest files could not be read" error={files.error} onRetry={retry} />;
  }
  return (
    <FigureTable
      title="Dearest files"
      note="Of the files whose newest run ended in these days, by all that each has ever cost."
      beside={
        <ExportMenu
          label="Export the dearest files"
          path="/api/v1/costs/files"
          query={projectQueryOf(span, project)}
        />
      }
      head={head}
    >
      {files.data.items.length === 0 && (
        <tr>
          <td colSpan={5}>No run has ended in these days.</td>
        </tr>
      )}
      {files.data.items.map((file) => {
        const dear = perThousand(file);
        const status = fileStatuses.find((one) => one === file.status);
        return (
          <tr key={file.fileId}>
            <td>
              <Link href={`/files/${encodeURIComponent(file.fileId)}?tab=costs`} {...rowLink}>
                {file.name}
              </Link>
              {project === "" && <div className={classes.quiet}>{file.project}</div>}
            </td>
            <td>{status === undefined ? file.status : <StatusMark state={status} />}</td>
            <td className={`${classes.number} ${classes.wide}`}>
              {file.pages === null ? "–" : formatCount(file.pages)}
            </td>
            <td className={`${classes.number} ${classes.quiet} ${classes.wide}`}>
              {dear === null ? "–" : <MoneyText nanoUsd={dear} />}
            </td>
            <td className={classes.number}>
              <FigureLink href={ledgerHref(file.ledger)}>
                <MoneyText nanoUsd={file.nanoUsd} />
              </FigureLink>
            </td>
          </tr>
        );
      })}
    </FigureTable>
  );
}
