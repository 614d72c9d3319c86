import { z } from "zod";
import { listOf } from "../../pipeline/files/file-view.ts";

/** `in-flight`: at work, or to be delivered now; `delayed`: to be delivered later, in backoff or at a set time. */
export const queueStepLists = ["in-flight", "delayed"] as const;

const time = z.string().describe("ISO 8601, UTC");

/** A step whose message QStash has, or is to take, or has delivered. */
const queueStepSchema = z.object({
  stepId: z.string(),
  step: z.string(),
  shard: z.number().int(),
  fileId: z.string(),
  fileName: z.string(),
  project: z.string().describe("the slug"),
  stage: z
    .enum(["running", "sent", "unsent", "delayed"])
    .describe("`unsent`: its message was not taken by QStash yet; `sent`: QStash is to deliver it"),
  messageId: z.string().nullable(),
  since: time.describe("since when it waits, or its attempt runs"),
  nextAttemptAt: time.nullable().describe("when it is delivered next; null where that is now"),
  expectedBy: time.nullable().describe("when a delivery should have come at the latest"),
  leaseExpiresAt: time.nullable().describe("until when its worker has it, while it runs"),
  attempts: z.number().int(),
  attemptsLeft: z.number().int(),
  errorCode: z.string().nullable().describe("why the attempt before failed"),
  flowKey: z.string().describe("its key of flow control"),
});

/** Such a step, as the API answers. */
export type QueueStep = z.infer<typeof queueStepSchema>;

/** A page of them. */
export const queueStepList = listOf(queueStepSchema);

/** How many steps there are of each, counted up to `cappedAt`. */
export const queueCountsSchema = z.object({
  running: z.number().int(),
  sent: z.number().int().describe("messages that QStash is to deliver now"),
  unsent: z.number().int().describe("messages that QStash was not given, or did not take yet"),
  delayed: z.number().int().describe("messages that are delivered later"),
  held: z.number().int().describe("steps without a message, which wait for money or a provider"),
  overdue: z.number().int().describe("deliveries that should have come by now"),
  cappedAt: z.number().int(),
});

/** Such counts, as the API answers. */
export type QueueCounts = z.infer<typeof queueCountsSchema>;
