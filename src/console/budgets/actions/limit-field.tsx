import { TextInput } from "@mantine/core";
import { parseDollars } from "../../format/money-input.ts";

/** A field for an amount in dollars, of as many digits as it needs. */
export function LimitField(props: { value: string; label?: string; onChange: (typed: string) => void }) {
  const wrong = props.value.trim() !== "" && parseDollars(props.value) === null;
  return (
    <TextInput
      label={props.label ?? "Limit"}
      leftSection="$"
      inputMode="decimal"
      autoComplete="off"
      value={props.value}
      error={wrong ? "An amount such as 50 or 0.000031" : undefined}
      onChange={(event) => props.onChange(event.currentTarget.value)}
      data-autofocus
    />
  );
}
