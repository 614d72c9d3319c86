import type { FileView, RunView } from "../../../pipeline/files/file-view.ts";
import { formatUtc } from "../../format/moment.ts";

/** Where the page is, as the browser says it. */
export interface PageAddress {
  /** `https://waybill.example` */
  readonly origin: string;
  /** With its question mark; "" without parameters. */
  readonly search: string;
}

/** A link to what is in sight. The run stands in it, so that it shows the same one after the next requeue. */
export function linkText(page: PageAddress, file: FileView, run: RunView): string {
  const parameters = new URLSearchParams(page.search);
  parameters.set("run", String(run.number));
  return `${page.origin}/files/${file.id}?${parameters}`;
}

/** The link with the file's name and the run's time in UTC: for a chat, where clocks differ. */
export function linkWithTimesText(page: PageAddress, file: FileView, run: RunView): string {
  const until = run.finishedAt === null ? "now" : formatUtc(run.finishedAt);
  return `${file.name}, run ${run.number} (${run.status}), ${formatUtc(run.createdAt)} to ${until}\n${linkText(page, file, run)}`;
}

/** The command that reads this file from the API; the key comes from the environment. */
export function curlText(page: PageAddress, file: FileView): string {
  return `curl -sS "${page.origin}/api/v1/files/${file.id}" -H "Authorization: Bearer $WAYBILL_API_KEY"`;
}

/** Where the whole trace of a file is read, over all its runs, as OTLP/JSON. */
export function otlpPath(file: FileView): string {
  return `/api/v1/files/${encodeURIComponent(file.id)}/trace.otlp.json`;
}
