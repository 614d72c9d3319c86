"use client";

import { Button, CopyButton } from "@mantine/core";
import { IconAlertTriangleFilled, IconCheck, IconCopy } from "@tabler/icons-react";
import type { RequeueView } from "../../../triage/requeues/requeue-view.ts";
import { ExportMenu } from "../../list/export-menu.tsx";
import page from "../../page/page-section.module.css";
import { PageSection } from "../../page/page-section.tsx";
import { isFinal, type ReceiptLine, receiptLines, receiptMarkdown } from "./receipt.model.ts";
import classes from "./receipt.module.css";

/** What a requeue has done and what proves it; copied as Markdown for an incident. */
export function Receipt({ requeue }: { requeue: RequeueView }) {
  return (
    <PageSection title={isFinal(requeue) ? "Receipt" : "Receipt so far"} beside={<Tools requeue={requeue} />}>
      <table className={classes.receipt}>
        <tbody>
          {receiptLines(requeue).map((line) => (
            <Line key={line.name} line={line} />
          ))}
        </tbody>
      </table>
      {requeue.proof === null && (
        <p className={page.quiet}>The index is held against the chunks once every file has its outcome.</p>
      )}
    </PageSection>
  );
}

function Line({ line }: { line: ReceiptLine }) {
  return (
    <tr>
      <th scope="row">{line.name}</th>
      <td className={classes.value} data-holds={line.holds}>
        {line.holds === true && <IconCheck size={14} stroke={2.5} aria-label="As it must be" />}
        {line.holds === false && <IconAlertTriangleFilled size={14} aria-label="Not as it must be" />}
        {line.value}
      </td>
      <td className={classes.note}>{line.note}</td>
    </tr>
  );
}

function Tools({ requeue }: { requeue: RequeueView }) {
  return (
    <div className={classes.tools}>
      <Copy requeue={requeue} />
      <ExportMenu
        label="Export the receipt"
        path={`/api/v1/requeues/${encodeURIComponent(requeue.id)}`}
        query={{}}
      />
    </div>
  );
}

function Copy({ requeue }: { requeue: RequeueView }) {
  // The page's own address is known in the browser alone; the text is made when it is copied.
  const text = typeof window === "undefined" ? "" : receiptMarkdown(requeue, window.location.origin);
  return (
    <CopyButton value={text} timeout={1_500}>
      {({ copied, copy }) => (
        <Button
          variant="default"
          size="compact-xs"
          leftSection={
            copied ? (
              <IconCheck size={14} stroke={1.75} aria-hidden="true" />
            ) : (
              <IconCopy size={14} stroke={1.75} aria-hidden="true" />
            )
          }
          onClick={copy}
        >
          {copied ? "Copied" : "Copy as Markdown"}
        </Button>
      )}
    </CopyButton>
  );
}
