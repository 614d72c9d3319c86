"use client";

import { useQuery } from "@tanstack/react-query";
import { auditActions } from "../../db/audit-actions.ts";
import { ChoiceField } from "../budgets/ledger/filters/choice-field.tsx";
import { PeriodField } from "../budgets/ledger/filters/period-field.tsx";
import { FilterSelect, ProjectSelect } from "../list/filter-select.tsx";
import { ListTools } from "../list/list-tools.tsx";
import { SearchField } from "../list/search-field.tsx";
import { Toolbar } from "../list/toolbar.tsx";
import { actionWords } from "./action-words.ts";
import { auditActorsQuery } from "./audit.query.ts";
import { type AuditFilterChange, type AuditFilters, auditQueryOf } from "./audit-state.ts";

const actions = auditActions.map((value) => ({ value, label: actionWords[value] }));

/** About what, by whom, which change, in which project and when. */
export function AuditToolbar(props: {
  filters: AuditFilters;
  onChange: (change: AuditFilterChange) => void;
}) {
  const { filters, onChange } = props;
  const actors = useQuery(auditActorsQuery);
  const known = actors.data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? [];
  const asked = filters.who !== null && !known.some(({ value }) => value === filters.who);
  return (
    <Toolbar label="Audit log">
      <SearchField
        label="Id of a file, group, requeue, budget, …"
        value={filters.subject}
        onType={(subject) => onChange({ subject: subject.trim() })}
      />
      <FilterSelect
        label="Who"
        all="Everybody"
        // Somebody whom the address names is there before the names are read.
        choices={asked ? [...known, { value: filters.who ?? "", label: filters.who ?? "" }] : known}
        value={filters.who}
        onChange={(who) => onChange({ who })}
        searchable
      />
      <ProjectSelect value={filters.project} onChange={(project) => onChange({ project })} />
      <ChoiceField
        name="What"
        choices={actions}
        chosen={filters.action}
        onChange={(chosen) => onChange({ action: auditActions.filter((each) => chosen.includes(each)) })}
      />
      <PeriodField
        from={filters.since}
        to={filters.until}
        onChange={({ from, to }) =>
          onChange({ ...(from !== undefined && { since: from }), ...(to !== undefined && { until: to }) })
        }
      />
      <ListTools path="/api/v1/audit" query={auditQueryOf(filters)} />
    </Toolbar>
  );
}
