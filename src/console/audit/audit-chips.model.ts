import { filterMoment } from "../budgets/ledger/filters/period.model.ts";
import type { FilterChip } from "../list/filter-chips.tsx";
import { actionWords } from "./action-words.ts";
import type { AuditFilterChange, AuditFilters } from "./audit-state.ts";

/** The filters that are on, in the order of the controls. Pure. @param whoName what the one who is asked for is called, where it is known */
export function auditChips(filters: AuditFilters, whoName: string | null): FilterChip<AuditFilterChange>[] {
  const { who, action, subject, project, since, until } = filters;
  const chips: FilterChip<AuditFilterChange>[] = [];
  const add = (name: string, value: string, without: AuditFilterChange) =>
    chips.push({ key: `${name} ${value}`, name, value, without });
  if (subject !== "") add("About", subject, { subject: "" });
  if (who !== null) add("Who", whoName ?? who, { who: null });
  if (project !== "") add("Project", project, { project: "" });
  if (since !== null) add("From", filterMoment(since), { since: null });
  if (until !== null) add("Before", filterMoment(until), { until: null });
  for (const each of action)
    add("What", actionWords[each], { action: action.filter((other) => other !== each) });
  return chips;
}
