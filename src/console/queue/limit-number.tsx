import { NumberInput } from "@mantine/core";

/** A number as it is typed; a text while it is none. */
export type TypedNumber = number | string;

/** A field for a whole number from 1. */
export function LimitNumber(props: {
  label: string;
  description?: string;
  max?: number;
  value: TypedNumber;
  onChange: (typed: TypedNumber) => void;
  first?: boolean;
}) {
  return (
    <NumberInput
      label={props.label}
      description={props.description}
      min={1}
      max={props.max ?? 10_000}
      allowDecimal={false}
      value={props.value}
      onChange={props.onChange}
      data-autofocus={props.first === true || undefined}
    />
  );
}
