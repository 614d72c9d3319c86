import type { FailureSummary } from "../../../triage/failures/failure-view.ts";

/** Where and with what a group fails, in a line: "embed · provider_unauthorized · gateway 401 · Ada". */
export function causeOf(
  group: Pick<FailureSummary, "step" | "code" | "provider" | "status" | "assignee">,
): string {
  const provider = [group.provider, group.status].filter((part) => part !== null).join(" ");
  return [group.step, group.code, provider, group.assignee && `with ${group.assignee.name}`]
    .filter((part) => part)
    .join(" · ");
}
