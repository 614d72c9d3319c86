import { z } from "zod";
import { breakerCauses, breakerProviders, breakerStates } from "../../db/breaker-states.ts";

/** How long ago calls may have been to be counted in a provider's figures, in ms. */
export const figuresMs = 5 * 60_000;

const time = z.string().describe("ISO 8601, UTC");

/** A change of a breaker's state. */
export const providerChangeSchema = z.object({
  id: z.string(),
  at: time,
  from: z.enum(breakerStates),
  to: z.enum(breakerStates),
  cause: z.enum(breakerCauses),
  by: z.string().nullable().describe("the name of the key by which somebody did it"),
  reason: z.string().nullable(),
  stepId: z.string().nullable().describe("the step that tries, or tried"),
  fileId: z.string().nullable().describe("the file of that step"),
});

/** A provider: how its breaker stands, and how it has answered lately. */
export const providerViewSchema = z.object({
  provider: z.enum(breakerProviders),
  name: z.string(),
  state: z.enum(breakerStates),
  byHand: z.boolean().describe("true when a person opened it: then it stays open until a person closes it"),
  since: time.describe("since when it is closed, or since when it is not"),
  reason: z.string().nullable().describe("why it is open"),
  nextProbeAt: time
    .nullable()
    .describe("from when on a step may try; null while it is closed, open by hand, or one tries"),
  probeStepId: z.string().nullable().describe("the step that tries now"),
  heldSteps: z.number().int().describe("steps that wait for it; counted up to 10,000"),
  lately: z
    .object({
      calls: z.number().int(),
      ill: z.number().int().describe("to which it gave no answer, or one of 5xx"),
      errorPercent: z.number().nullable().describe("null without a call"),
      p50Ms: z.number().nullable(),
      p95Ms: z.number().nullable(),
    })
    .describe("the calls of steps in the last five minutes"),
  changes: z.array(providerChangeSchema).describe("the last ten changes of its state, newest first"),
});

/** Such a provider, as the API answers. */
export type ProviderView = z.infer<typeof providerViewSchema>;

/** What somebody does with a breaker. */
const breakerDeeds = ["open", "close", "probe"] as const;

/** One of them. */
export type BreakerDeed = (typeof breakerDeeds)[number];

/** What is to be done with a breaker, and why. */
export const breakerChangeSchema = z
  .strictObject({
    deed: z
      .enum(breakerDeeds)
      .describe("`open`: until somebody closes it; `probe`: end the cool-down, so that a step tries now"),
    reason: z.string().trim().min(1).max(500).optional().describe("kept in the audit log"),
  })
  .refine(({ deed, reason }) => deed !== "open" || reason !== undefined, {
    path: ["reason"],
    message: "is needed to open a breaker",
  });
