import { z } from "zod";
import {
  type AlertKind,
  alertKinds,
  countingKinds,
  patientKinds,
  projectKinds,
} from "../../db/alert-kinds.ts";

const time = z.string().describe("ISO 8601, UTC");
const patient: readonly AlertKind[] = patientKinds;
const counting: readonly AlertKind[] = countingKinds;
const ofProject: readonly AlertKind[] = projectKinds;

/** Whether a kind waits for a number of minutes. */
export function isPatient(kind: AlertKind): boolean {
  return patient.includes(kind);
}

/** Whether a kind waits for a number of files that stand failed. */
export function isCounting(kind: AlertKind): boolean {
  return counting.includes(kind);
}

/** Whether a kind can be of one project. */
export function isOfProject(kind: AlertKind): boolean {
  return ofProject.includes(kind);
}

/** The numbers that a rule of some kinds has. */
export const ruleNumbers = ["minutes", "standing"] as const;

/** Which kinds have which of them: those must be given one, the others may not. */
export const hasNumber: Readonly<Record<(typeof ruleNumbers)[number], (kind: AlertKind) => boolean>> = {
  minutes: isPatient,
  standing: isCounting,
};

/** What an admin may set of a rule. */
const settings = {
  name: z.string().trim().min(1).max(100),
  minutes: z.number().int().min(1).max(10_080).nullable().describe("null where the kind knows no such time"),
  standing: z
    .number()
    .int()
    .min(1)
    .max(1_000_000)
    .nullable()
    .describe("tells when more files stand failed by a group; null where the kind counts none"),
  project: z.string().min(1).max(255).nullable().describe("the slug; null: all projects"),
  url: z
    .url({ protocol: /^https?$/ })
    .max(2_000)
    .describe("gets a POST for each alert"),
};

/** A rule to be made. */
export const newRuleSchema = z
  .strictObject({
    ...settings,
    kind: z.enum(alertKinds),
    minutes: settings.minutes.default(null),
    standing: settings.standing.default(null),
    project: settings.project.default(null),
  })
  .superRefine(({ kind, project, ...numbers }, c) => {
    for (const number of ruleNumbers)
      if (hasNumber[number](kind) !== (numbers[number] !== null))
        c.addIssue({
          code: "custom",
          path: [number],
          message: `is ${hasNumber[number](kind) ? "" : "not "}needed`,
        });
    if (project !== null && !isOfProject(kind))
      c.addIssue({ code: "custom", path: ["project"], message: "is not for this kind" });
  });

/** Such a rule. */
export type NewRule = z.output<typeof newRuleSchema>;

/** A change of a rule; what is left out stays. Its kind stays: another kind is another rule. */
export const ruleChangeSchema = z.strictObject({
  name: settings.name.optional(),
  minutes: settings.minutes.optional(),
  standing: settings.standing.optional(),
  url: settings.url.optional(),
  paused: z.boolean().optional(),
});

/** Such a change. */
export type RuleChange = z.output<typeof ruleChangeSchema>;

/** A rule as the API shows it, to admins. */
export const alertRuleSchema = z.object({
  id: z.string(),
  ...settings,
  kind: z.enum(alertKinds),
  paused: z.boolean(),
  createdAt: time,
  createdBy: z.string(),
  lastAlertAt: time.nullable(),
  signingSecret: z.string().describe("what `Waybill-Signature` is made with"),
});

/** Such a rule, as the API answers. */
export type AlertRule = z.infer<typeof alertRuleSchema>;

/** What a rule has told. */
export const alertSchema = z.object({
  id: z.string(),
  text: z.string(),
  path: z.string().describe("the page of the console that shows it"),
  at: time,
  endedAt: time.nullable().describe("when it was over; null while it is not, and of what does not end"),
  state: z
    .enum(["waiting", "sent", "refused"])
    .describe(
      "`waiting`: the next tick sends it; `sent`: QStash took it; `refused`: QStash refused its address",
    ),
  sentAt: time.nullable(),
});

/** Such an alert, as the API answers. */
export type Alert = z.infer<typeof alertSchema>;
