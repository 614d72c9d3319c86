import { lineStateWords, reasonWords, truthWords } from "../../costs/truth/reason-words.ts";
import type { Truth, TruthLine } from "../../costs/truth/truth-view.ts";

type Reason = TruthLine["reasons"][number];

/** The comparison as a text of lines for a terminal, without colours. */
export function formatTruth(truth: Truth): string {
  const head = `The ledger against what providers metered, ${shownTime(truth.from)} to ${shownTime(truth.to)} UTC`;
  const lines =
    truth.lines.length === 0 ? ["Nothing was spent, and nothing was metered."] : formatLines(truth.lines);
  const silent = truth.sources.filter(({ state }) => state !== "read");
  const unasked = silent.map(({ why, errorCode }) => `! ${why}${errorCode ? ` (${errorCode})` : ""}`);
  return [head, "", ...lines, "", ...unasked, truthWords[truth.state], ""].join("\n");
}

function formatLines(lines: readonly TruthLine[]): string[] {
  const rows = lines.map((line) => [
    line.model === "*" ? line.meter : `${line.meter} ${line.model}`,
    count(line.ledger.quantity),
    line.metered === null ? "–" : count(line.metered.quantity),
    line.difference === null ? "–" : signed(line.difference.quantity),
    dollars(line.ledger.nanoUsd),
    line.metered?.nanoUsd == null ? "–" : dollars(line.metered.nanoUsd),
    lineStateWords[line.state],
  ]);
  const titles = ["meter", "ledger", "metered", "difference", "ledger, $", "metered, $", ""];
  const table = alignColumns([titles, ...rows]);
  const [header = "", ...body] = table;
  return [header, ...lines.flatMap((line, at) => [body[at] ?? "", ...remarksOf(line)])];
}

function remarksOf(line: TruthLine): string[] {
  // What agrees to the last unit needs no reason.
  const reasons = line.state === "agrees" ? [] : line.reasons.map((reason) => formatReason(reason, line));
  const left = line.state === "unexplained" ? [leftOver(line)] : [];
  return [...reasons, ...left, ...(line.unasked === null ? [] : [line.unasked])].map((text) => `    ${text}`);
}

function formatReason(reason: Reason, { unit }: TruthLine): string {
  const parts = [
    bound(reason.moreQuantity, `more (${unit})`),
    bound(reason.lessQuantity, `less (${unit})`),
    bound(reason.moreNanoUsd, "$ more", dollars),
    bound(reason.lessNanoUsd, "$ less", dollars),
  ].filter((part) => part !== null);
  const entries =
    reason.entries === null
      ? ""
      : `, ${count(String(reason.entries))} ${reason.entries === 1 ? "entry" : "entries"}`;
  return `${reasonWords[reason.kind].title}${entries}: up to ${parts.join(", ") || "nothing"}`;
}

function bound(amount: string, words: string, format = count): string | null {
  return amount === "0" ? null : `${format(amount)} ${words}`;
}

function leftOver({ unexplained, unit }: TruthLine): string {
  const quantity = unexplained?.quantity ?? "0";
  const nanoUsd = unexplained?.nanoUsd ?? "0";
  const parts = [
    quantity === "0" ? null : `${signed(quantity)} (${unit})`,
    nanoUsd === "0" ? null : `${dollars(nanoUsd)} $`,
  ].filter((part) => part !== null);
  return `UNEXPLAINED: ${parts.join(", ")}`;
}

function alignColumns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? "").length)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 || column === row.length - 1
          ? cell.padEnd(widths[column] ?? 0)
          : cell.padStart(widths[column] ?? 0),
      )
      .join("  ")
      .trimEnd(),
  );
}

function count(amount: string): string {
  return BigInt(amount).toLocaleString("en");
}

function signed(amount: string): string {
  return amount.startsWith("-") || amount === "0" ? count(amount) : `+${count(amount)}`;
}

/** All the digits that there are. */
function dollars(nanoUsd: string): string {
  const sign = nanoUsd.startsWith("-") ? "-" : "";
  const digits = nanoUsd.replace("-", "").padStart(10, "0");
  const decimals = digits.slice(-9).replace(/0+$/, "").padEnd(2, "0");
  return `${sign}${digits.slice(0, -9)}.${decimals}`;
}

function shownTime(iso: string): string {
  return iso.slice(0, 16).replace("T", " ");
}
