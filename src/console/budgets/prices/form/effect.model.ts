import type { PricePreview } from "../../../../costs/prices/price-view.ts";
import { formatCounted } from "../../../format/count.ts";
import { formatMoney } from "../../../format/money.ts";
import { filterMoment } from "../../ledger/filters/period.model.ts";

/** What a price would change, in a sentence. Pure. */
export function effectSentence(preview: PricePreview, fromNow: boolean, now: Date): string {
  if (fromNow) return "No entry changes: it holds for what is spent from the moment it is added.";
  const from = filterMoment(preview.from);
  if (Date.parse(preview.from) > now.getTime()) return `No entry changes: it begins at ${from}.`;
  const until =
    preview.until === null ? "" : ` until ${filterMoment(preview.until)}, when the next price begins`;
  if (preview.entries === 0) return `No entry changes: nothing was counted from ${from} on${until}.`;
  const entries = formatCounted(preview.entries, "entry", "entries");
  const money =
    preview.differenceNanoUsd === "0"
      ? "Together they cost the same."
      : `${formatMoney(preview.presentNanoUsd)} becomes ${formatMoney(preview.nextNanoUsd)}.`;
  return `It concerns ${entries} from ${from} on${until}. ${money}`;
}

/** What the entries cost now and then, of a project or of all. */
export interface EffectRow {
  /** Null for what belongs to no project. */
  readonly project: string | null;
  readonly entries: number;
  readonly presentNanoUsd: string;
  readonly nextNanoUsd: string;
  readonly differenceNanoUsd: bigint;
}

/** The projects, that whose money changes most first. Pure. */
export function effectRows({ projects }: Pick<PricePreview, "projects">): EffectRow[] {
  const size = ({ differenceNanoUsd: change }: EffectRow) => (change < 0n ? -change : change);
  return projects
    .map((row) => ({ ...row, differenceNanoUsd: BigInt(row.nextNanoUsd) - BigInt(row.presentNanoUsd) }))
    .sort((a, b) => Number(size(b) - size(a)) || (a.project ?? "").localeCompare(b.project ?? ""));
}
