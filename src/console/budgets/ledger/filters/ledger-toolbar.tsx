"use client";

import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { LedgerEntryView } from "../../../../costs/ledger/ledger-view.ts";
import { Toolbar } from "../../../list/toolbar.tsx";
import { projectsQuery } from "../../../projects/projects.query.ts";
import { pricesQuery } from "../../prices/prices.query.ts";
import { ChoiceField } from "./choice-field.tsx";
import { choicesOf } from "./choices.model.ts";
import { listWords, markWords, valueWords } from "./filter-words.ts";
import { IdField } from "./id-field.tsx";
import { type FilterChange, type LedgerFilters, listKeys, markKeys } from "./ledger-filters.ts";
import classes from "./ledger-toolbar.module.css";
import { PeriodField } from "./period-field.tsx";

/** The controls of the ledger's filters, each as small as it can be; what they say stands in the chips. */
export function LedgerToolbar(props: {
  filters: LedgerFilters;
  /** What the page shows; its values can be chosen too. */
  entries: readonly LedgerEntryView[];
  onChange: (change: FilterChange) => void;
}) {
  const { filters, onChange } = props;
  const projects = useQuery(projectsQuery);
  const prices = useQuery(pricesQuery);
  const slugs = new Set(projects.data?.map(({ slug }) => slug));
  if (filters.project !== null && filters.project !== "-") slugs.add(filters.project);
  const choices = choicesOf({ filters, entries: props.entries, prices: prices.data ?? [] });
  return (
    <Toolbar label="Ledger">
      <IdField onFound={onChange} />
      <div className={classes.choices}>
        <Select
          aria-label="Project"
          className={classes.project ?? ""}
          placeholder="All projects"
          data={[
            ...[...slugs].map((slug) => ({ value: slug, label: slug })),
            { value: "-", label: "No project" },
          ]}
          value={filters.project}
          onChange={(project) => onChange({ project })}
          searchable
          clearable
        />
        <PeriodField from={filters.from} to={filters.to} onChange={onChange} />
        {listKeys.map((key) => (
          <ChoiceField
            key={key}
            name={listWords[key]}
            choices={choices[key].map((value) => ({ value, label: valueWords(key, value) }))}
            chosen={filters[key]}
            onChange={(chosen) => onChange({ [key]: chosen })}
          />
        ))}
        <ChoiceField
          name="Marks"
          choices={markKeys.map((key) => ({ value: key, label: markWords[key] }))}
          chosen={markKeys.filter((key) => filters[key])}
          onChange={(chosen) =>
            onChange(Object.fromEntries(markKeys.map((key) => [key, chosen.includes(key)])))
          }
        />
      </div>
    </Toolbar>
  );
}
