import type { FileView } from "../../pipeline/files/file-view.ts";
import { ExportMenu } from "../list/export-menu.tsx";
import type { FileTab } from "./file-state.ts";

/** The list of the API that a tab shows, and what it is called; the attempts are a part of the file itself. */
const lists: Readonly<Record<FileTab, { part: string; label: string } | null>> = {
  trace: { part: "trace", label: "Export the spans" },
  attempts: null,
  costs: { part: "costs", label: "Export the ledger entries" },
  pages: { part: "pages", label: "Export the pages" },
  chunks: { part: "chunks", label: "Export the chunks" },
  messages: { part: "messages", label: "Export the messages" },
  history: { part: "audit", label: "Export the history" },
};

/** Downloads the whole list that a tab shows. */
export function TabExport({ file, tab }: { file: FileView; tab: FileTab }) {
  const list = lists[tab];
  if (list === null) return null;
  const path = `/api/v1/files/${encodeURIComponent(file.id)}/${list.part}`;
  return <ExportMenu label={list.label} path={path} query={{}} />;
}
