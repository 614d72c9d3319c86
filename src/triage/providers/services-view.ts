import { z } from "zod";

/** What Waybill needs beside the providers that have a breaker. */
const serviceNames = ["qstash", "neon", "sandbox"] as const;

/** Of what it needs, how it stands. */
const serviceViewSchema = z.object({
  service: z.enum(serviceNames),
  name: z.string(),
  state: z
    .enum(["well", "late", "failed", "unused"])
    .describe("`late`: it answers, and something that it should have done is overdue"),
  says: z.string().describe("in a sentence"),
  answeredMs: z
    .number()
    .nullable()
    .describe("how long it took to answer; null where it did not or is not asked"),
  lastTickAt: z.string().nullable().describe("when QStash last delivered the minutely tick; null elsewhere"),
  unpublished: z.number().int().describe("messages that QStash has not taken within a minute, up to 10,000"),
  overdue: z.number().int().describe("deliveries that should have come by now, up to 10,000"),
});

/** Such a service, as the API answers. */
export type ServiceView = z.infer<typeof serviceViewSchema>;

/** All of them. */
export const servicesSchema = z.object({ items: z.array(serviceViewSchema) });
