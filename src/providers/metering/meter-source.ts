import type { Meter } from "../../telemetry/names.ts";

/** What a provider is asked about: whole hours of UTC, the last of which ends with `to`. */
export interface MeterSpan {
  readonly from: Date;
  readonly to: Date;
  /** The embedding models that the ledger has in that time, and the one that is used now. */
  readonly models: readonly string[];
}

/** Why what a provider metered and what a ledger has may differ, as far as the provider's side shows it. */
export interface MeteredRemark {
  /**
   * `under-way`: metered, and not told to us yet; `sent-ahead`: not metered yet, though we have put it down;
   * `unheard`: metered, and never told to us.
   */
  readonly kind: "under-way" | "sent-ahead" | "unheard";
  /** At most, in the meter's units. */
  readonly quantity: number;
}

/** What a provider metered of one thing that it charges for. */
export interface MeteredLine {
  readonly meter: Meter;
  readonly provider: string;
  readonly model: string;
  readonly quantity: number;
  /** What the provider charges for it; null when it does not say. */
  readonly nanoUsd: bigint | null;
  readonly remarks: readonly MeteredRemark[];
}

/** What came of asking; `why` is a sentence for a person. */
type MeterAnswer =
  | { readonly kind: "read"; readonly lines: readonly MeteredLine[] }
  | { readonly kind: "out-of-reach"; readonly why: string };

/** Somebody who can say what a provider metered. */
export interface MeterSource {
  /** As a person calls it. */
  readonly name: string;
  /** What it meters; a meter that its answer leaves out has counted nothing. */
  readonly meters: readonly Meter[];
  /** @throws WaybillError provider_* */
  read(span: MeterSpan): Promise<MeterAnswer>;
}
