"use client";

import { Button, TextInput } from "@mantine/core";
import { formatLocal } from "../../../format/moment.ts";
import { useNow } from "../../../shell/now.tsx";
import { FilterPopover } from "./filter-popover.tsx";
import type { FilterChange } from "./ledger-filters.ts";
import { fieldOfMoment, momentOfField, periodsAt } from "./period.model.ts";
import classes from "./period-field.module.css";

/** From when until when, in UTC; with the spans that are asked for often. */
export function PeriodField(props: {
  from: string | null;
  to: string | null;
  onChange: (change: FilterChange) => void;
}) {
  const { from, to, onChange } = props;
  const now = useNow();
  return (
    <FilterPopover name="Time" on={from !== null || to !== null}>
      <div className={classes.period}>
        <div className={classes.often}>
          {periodsAt(now).map((period) => (
            <Button
              key={period.name}
              variant="default"
              size="compact-xs"
              onClick={() => onChange({ from: period.from, to: period.to })}
            >
              {period.name}
            </Button>
          ))}
        </div>
        <MomentField label="From (UTC)" moment={from} onMoment={(moment) => onChange({ from: moment })} />
        <MomentField label="Before (UTC)" moment={to} onMoment={(moment) => onChange({ to: moment })} />
      </div>
    </FilterPopover>
  );
}

function MomentField(props: {
  label: string;
  moment: string | null;
  onMoment: (moment: string | null) => void;
}) {
  const field = fieldOfMoment(props.moment);
  return (
    <TextInput
      key={field}
      type="datetime-local"
      label={props.label}
      description={field === "" || props.moment === null ? undefined : `Here: ${formatLocal(props.moment)}`}
      inputWrapperOrder={["label", "input", "description"]}
      defaultValue={field}
      // Not while it is typed: half a date would be a filter already.
      onBlur={(event) => {
        const typed = event.currentTarget.value;
        if (typed !== field) props.onMoment(momentOfField(typed));
      }}
      onKeyDown={(event) => {
        if (event.key === "Enter") event.currentTarget.blur();
      }}
    />
  );
}
