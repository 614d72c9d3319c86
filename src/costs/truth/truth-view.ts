import { z } from "zod";

/** What may explain that the ledger has more, or less, than was metered. */
const reasonKinds = [
  /** Its worker vanished: what it may have bought stands at its estimate. */
  "lost-attempt",
  /** No answer came to a call: it stands at its estimate. */
  "no-answer",
  /** A price was corrected: entries were adjusted. */
  "price-changed",
  /** Bought on one side of the span's beginning or end, and put down on the other. */
  "edge",
  /** Metered, and on its way into the ledger. */
  "under-way",
  /** In the ledger, and not delivered yet. */
  "sent-ahead",
  /** Metered, and Waybill was never told. */
  "unheard",
  /** Each entry is rounded to a whole nano-USD by itself. */
  "rounding",
] as const;

/** What may explain a difference. */
export type ReasonKind = (typeof reasonKinds)[number];

const integer = z.string().regex(/^-?\d+$/);
const link = z.string().describe("the query of /api/v1/ledger that opens the entries");

const reasonSchema = z.object({
  kind: z.enum(reasonKinds),
  entries: z.number().int().nullable().describe("null where it is no matter of entries"),
  moreQuantity: integer.describe("by how much the ledger may have more for this reason"),
  lessQuantity: integer.describe("by how much it may have less"),
  moreNanoUsd: integer,
  lessNanoUsd: integer,
  ledger: link.nullable(),
});

/** The ledger less what was metered; no money where the provider tells none. */
const differenceSchema = z.object({ quantity: integer, nanoUsd: integer.nullable() });

/** One thing that a provider charges for. */
const truthLineSchema = z.object({
  meter: z.string(),
  provider: z.string(),
  model: z.string(),
  unit: z.string(),
  ledger: z.object({ quantity: integer, nanoUsd: integer, entries: z.number().int(), ledger: link }),
  metered: z
    .object({ source: z.string(), quantity: integer, nanoUsd: integer.nullable() })
    .nullable()
    .describe("null where nobody could be asked: then `unasked` says why"),
  unasked: z.string().nullable(),
  difference: differenceSchema.nullable(),
  reasons: z.array(reasonSchema),
  unexplained: differenceSchema.nullable().describe("what is left of the difference"),
  state: z.enum(["agrees", "explained", "unexplained", "unasked"]),
});

/** The ledger held against what providers metered. */
export const truthSchema = z.object({
  from: z.string(),
  to: z.string(),
  state: z
    .enum(["agrees", "unexplained", "incomplete"])
    .describe("`incomplete`: nothing is unexplained, and somebody did not answer who should have"),
  sources: z.array(
    z.object({
      name: z.string(),
      meters: z.array(z.string()),
      state: z.enum(["read", "out-of-reach", "failed"]),
      why: z.string().nullable(),
      errorCode: z.string().nullable(),
    }),
  ),
  lines: z.array(truthLineSchema),
});

export type TruthLine = z.output<typeof truthLineSchema>;
export type Truth = z.output<typeof truthSchema>;
