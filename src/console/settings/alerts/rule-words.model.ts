import type { AlertKind } from "../../../db/alert-kinds.ts";
import type { AlertRule } from "../../../triage/alerts/alert-rule-view.ts";
import { formatCounted } from "../../format/count.ts";

/** What each kind of rule tells of: as a choice, and in a sentence. */
export const kindWords: Readonly<Record<AlertKind, { choice: string; tells: string }>> = {
  "new-failure": { choice: "A new failure", tells: "a failure that there was not before" },
  "returned-failure": { choice: "A failure that came back", tells: "a failure that came back" },
  "large-failure": { choice: "A failure of many files", tells: "a failure" },
  stuck: { choice: "Steps that do not go on", tells: "steps that do not go on" },
  breaker: { choice: "A breaker that opened", tells: "a provider's breaker opening" },
  backlog: { choice: "A backlog", tells: "a file that has been under way" },
  "stopped-requeue": {
    choice: "A requeue that its canary stopped",
    tells: "a requeue that its canary stopped",
  },
};

/** What a rule tells of, as a part of a sentence. Pure. */
export function ruleText({
  kind,
  minutes,
  standing,
  project,
}: Pick<AlertRule, "kind" | "minutes" | "standing" | "project">): string {
  const patience = minutes === null ? "" : ` for longer than ${minutes}\u00a0min`;
  const size = standing === null ? "" : ` of more than ${formatCounted(standing, "file")}`;
  return `${kindWords[kind].tells}${patience}${size}${project === null ? "" : `, in ${project}`}`;
}

/** Whose an address is: the rest of it may be a secret. Pure. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
