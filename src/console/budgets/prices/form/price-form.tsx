"use client";

import { Autocomplete, Button, Group, Radio, Select, Stack, TextInput } from "@mantine/core";
import type { PriceView } from "../../../../costs/prices/price-view.ts";
import { units } from "../../../../costs/prices/units.ts";
import { meters } from "../../../../telemetry/names.ts";
import { pluralUnit } from "../../../format/money.ts";
import { filterMoment } from "../../ledger/filters/period.model.ts";
import type { PriceLine } from "../price-book.model.ts";
import type { Begins, DraftErrors, PriceDraft } from "./price-draft.model.ts";
import classes from "./price-form.module.css";

interface PriceFormProps {
  draft: PriceDraft;
  errors: DraftErrors;
  /** The price that is changed; null for a price of something new. */
  before: PriceView | null;
  lines: readonly PriceLine[];
  /** What went wrong that is about no field; null where nothing did. */
  sentence: string | null;
  pending: boolean;
  onDraft: (change: Partial<PriceDraft>) => void;
  onSubmit: () => void;
  onClose: () => void;
}

/** The fields of a price. What is wrong is said at its field; sending it only asks what it would change. */
export function PriceForm(props: PriceFormProps) {
  const { draft, errors, onDraft, before } = props;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!props.pending) props.onSubmit();
      }}
    >
      <Stack gap="sm">
        {before === null ? <PricedFields {...props} /> : <p className={classes.of}>{ofText(before)}</p>}
        <AmountFields {...props} />
        <BeginFields {...props} />
        <TextInput
          label="Where it was read"
          description="An address, an invoice, a price list"
          value={draft.source}
          error={errors.source}
          onChange={(event) => onDraft({ source: event.currentTarget.value })}
        />
        <div className={classes.pair}>
          <TextInput
            type="date"
            label="Read on"
            value={draft.seenOn}
            error={errors.seenOn}
            onChange={(event) => onDraft({ seenOn: event.currentTarget.value })}
          />
          <Select
            label="Confidence"
            data={["high", "medium", "low"]}
            allowDeselect={false}
            value={draft.confidence}
            error={errors.confidence}
            onChange={(confidence) => onDraft({ confidence: confidence ?? "" })}
          />
        </div>
        <TextInput
          label="Why (may be left out)"
          description="Kept in the audit log"
          value={draft.reason}
          error={errors.reason}
          onChange={(event) => onDraft({ reason: event.currentTarget.value })}
        />
        {props.sentence !== null && (
          <p className={classes.error} role="alert">
            {props.sentence}
          </p>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={props.onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={props.pending}>
            See what changes
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function PricedFields({ draft, errors, lines, onDraft }: PriceFormProps) {
  const ofMeter = lines.filter(({ meter }) => draft.meter === "" || meter === draft.meter);
  return (
    <>
      <Select
        label="What is counted"
        placeholder="A meter"
        data={Object.values(meters)}
        searchable
        value={draft.meter === "" ? null : draft.meter}
        error={errors.meter}
        onChange={(meter) => onDraft({ meter: meter ?? "" })}
        data-autofocus
      />
      <div className={classes.pair}>
        <Autocomplete
          size="xs"
          label="Provider"
          data={[...new Set(ofMeter.map(({ provider }) => provider))]}
          value={draft.provider}
          error={errors.provider}
          onChange={(provider) => onDraft({ provider })}
        />
        <Autocomplete
          size="xs"
          label="Model, * for all others"
          data={[...new Set(["*", ...ofMeter.map(({ model }) => model)])]}
          value={draft.model}
          error={errors.model}
          onChange={(model) => onDraft({ model })}
        />
      </div>
    </>
  );
}

function AmountFields({ draft, errors, before, onDraft }: PriceFormProps) {
  const unit = Object.entries(units).find(([meter]) => meter === draft.meter)?.[1] ?? "unit";
  return (
    <div className={classes.pair}>
      <TextInput
        label="Dollars"
        leftSection="$"
        inputMode="decimal"
        autoComplete="off"
        value={draft.dollars}
        error={errors.dollars}
        onChange={(event) => onDraft({ dollars: event.currentTarget.value })}
        data-autofocus={before !== null || undefined}
      />
      <TextInput
        label={`for so many ${pluralUnit(unit)}`}
        inputMode="numeric"
        autoComplete="off"
        value={draft.perUnits}
        error={errors.perUnits}
        onChange={(event) => onDraft({ perUnits: event.currentTarget.value })}
      />
    </div>
  );
}

function BeginFields({ draft, errors, before, onDraft }: PriceFormProps) {
  const choices: { value: Begins; label: string; note: string }[] = [
    ...(before === null
      ? []
      : [
          {
            value: "same" as const,
            label: `From when the present one began, ${filterMoment(before.effectiveFrom)}`,
            note: "The present price was wrong: entries that were made at it are corrected.",
          },
        ]),
    { value: "now", label: "From now on", note: "Entries that are there stay as they are." },
    { value: "at", label: "From another time", note: "In the past, entries since then are corrected." },
  ];
  return (
    <>
      <Radio.Group
        label="It holds"
        value={draft.begins}
        onChange={(value) =>
          onDraft({ begins: choices.find((choice) => choice.value === value)?.value ?? "now" })
        }
      >
        <Stack gap={6} mt={6}>
          {choices.map(({ value, label, note }) => (
            <Radio key={value} size="xs" value={value} label={label} description={note} />
          ))}
        </Stack>
      </Radio.Group>
      {draft.begins === "at" && (
        <TextInput
          type="datetime-local"
          step={900}
          label="From (UTC)"
          value={draft.at}
          error={errors.at}
          onChange={(event) => onDraft({ at: event.currentTarget.value })}
        />
      )}
      {draft.begins !== "at" && errors.at !== undefined && (
        <p className={classes.error} role="alert">
          {errors.at}
        </p>
      )}
    </>
  );
}

function ofText({ provider, model, unit }: PriceView): string {
  return `${provider}, ${model === "*" ? "all models without a price of their own" : model}, by the ${unit}`;
}
