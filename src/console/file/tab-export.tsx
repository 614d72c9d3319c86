import type { FileView } from "../../pipeline/files/file-view.ts";
import { ExportMenu } from "../list/export-menu.tsx";
import type { FileTab } from "./file-state.ts";

/** The list of the API that a tab shows, and what it is called; the attempts are a table of the file's own answer. */
const lists: Readonly<Record<FileTab, { part: string | null; label: string }>> = {
  trace: { part: "trace", label: "Export the spans" },
  attempts: { part: null, label: "Export the attempts" },
  costs: { part: "costs", label: "Export the ledger entries" },
  pages: { part: "pages", label: "Export the pages" },
  chunks: { part: "chunks", label: "Export the chunks" },
  messages: { part: "messages", label: "Export the messages" },
  history: { part: "audit", label: "Export the history" },
};

/** Downloads the whole list that a tab shows, of all runs of the file. */
export function TabExport({ file, tab }: { file: FileView; tab: FileTab }) {
  const { part, label } = lists[tab];
  const path = `/api/v1/files/${encodeURIComponent(file.id)}`;
  return <ExportMenu label={label} path={part === null ? path : `${path}/${part}`} query={{}} />;
}
