import type { AcceptedUpload } from "../../pipeline/files/upload-view.ts";

/** How far an upload is: sent bytes first, then what the server makes of it. */
export type UploadPhase =
  | { readonly kind: "waiting" }
  | { readonly kind: "sending"; readonly share: number }
  | { readonly kind: "checking" }
  | { readonly kind: "accepted"; readonly file: AcceptedUpload }
  | { readonly kind: "refused"; readonly code: string; readonly sentence: string };

/** One file on its way up. */
export interface UploadItem {
  readonly key: string;
  readonly name: string;
  readonly bytes: number;
  readonly project: string;
  readonly phase: UploadPhase;
}

/** What happens to the list of uploads. */
export type UploadEvent =
  | { readonly kind: "added"; readonly items: readonly UploadItem[] }
  | { readonly kind: "moved"; readonly key: string; readonly phase: UploadPhase }
  | { readonly kind: "cleared" };

/** The list after an event; newest first. Clearing leaves what is still under way. */
export function uploadsAfter(items: readonly UploadItem[], event: UploadEvent): readonly UploadItem[] {
  switch (event.kind) {
    case "added":
      return [...event.items, ...items];
    case "moved":
      return items.map((item) => (item.key === event.key ? { ...item, phase: event.phase } : item));
    case "cleared":
      return items.filter((item) => !isSettled(item));
  }
}

/** True when nothing more will happen to the upload. */
export function isSettled(item: UploadItem): boolean {
  return item.phase.kind === "accepted" || item.phase.kind === "refused";
}

/** The heading of the list: "Uploading 2 of 5 files", "5 files uploaded", "4 of 5 files uploaded, 1 refused". */
export function summaryOf(items: readonly UploadItem[]): string {
  const count = (kind: UploadPhase["kind"]) => items.filter((item) => item.phase.kind === kind).length;
  const files = items.length === 1 ? "file" : "files";
  const [accepted, refused] = [count("accepted"), count("refused")];
  const open = items.length - accepted - refused;
  if (open > 0) return `Uploading ${open} of ${items.length} ${files}`;
  if (refused === 0) return `${items.length} ${files} uploaded`;
  if (accepted === 0) return `${items.length} ${files} refused`;
  return `${accepted} of ${items.length} ${files} uploaded, ${refused} refused`;
}
