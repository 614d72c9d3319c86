import { z } from "zod";

const reason = z.string().trim().min(1).max(500).optional().describe("kept in the audit log");
const limit = z.number().int().min(1).max(10_000);

/** What somebody does with a key of flow control. */
export const flowControlDeedSchema = z.discriminatedUnion("deed", [
  z
    .strictObject({
      deed: z.literal("pin"),
      parallelism: limit.optional().describe("deliveries at once"),
      rate: limit.optional().describe("deliveries begun in a period"),
      periodSec: z.number().int().min(1).max(604_800).optional().describe("of the rate, in s"),
      reason,
    })
    .refine(({ parallelism, rate }) => parallelism !== undefined || rate !== undefined, {
      path: ["parallelism"],
      message: "or rate is needed to pin a key",
    })
    .refine(({ rate, periodSec }) => (rate === undefined) === (periodSec === undefined), {
      path: ["periodSec"],
      message: "and rate belong together",
    }),
  z.strictObject({ deed: z.literal("unpin"), reason }),
  z.strictObject({ deed: z.literal("pause"), reason }),
  z.strictObject({ deed: z.literal("resume"), reason }),
]);

/** Such a deed. */
export type FlowControlDeed = z.output<typeof flowControlDeedSchema>;

/** What somebody does with a queue. */
export const queueDeedSchema = z.discriminatedUnion("deed", [
  z.strictObject({ deed: z.literal("pause"), reason }),
  z.strictObject({ deed: z.literal("resume"), reason }),
  z.strictObject({ deed: z.literal("set-parallelism"), parallelism: limit, reason }),
]);

/** Such a deed. */
export type QueueDeed = z.output<typeof queueDeedSchema>;

/** What somebody does with a schedule. */
export const scheduleDeedSchema = z.strictObject({ deed: z.enum(["pause", "resume"]), reason });

/** Such a deed. */
export type ScheduleDeed = z.output<typeof scheduleDeedSchema>;
