import { Radio, Stack, TextInput } from "@mantine/core";
import type { BudgetView } from "../../../costs/budgets/budget-view.ts";
import { parseThresholds } from "./thresholds.ts";

/** What a budget does at its limit, and when it tells. */
export function RuleFields(props: {
  mode: BudgetView["mode"];
  thresholds: string;
  onMode: (mode: BudgetView["mode"]) => void;
  onThresholds: (typed: string) => void;
}) {
  const wrong = parseThresholds(props.thresholds) === null;
  return (
    <>
      <Radio.Group
        label="At the limit"
        value={props.mode}
        onChange={(mode) => props.onMode(mode === "soft" ? "soft" : "hard")}
      >
        <Stack gap={6} mt={6}>
          <Radio
            size="xs"
            value="hard"
            label="Hard: what it has no room for is held, and goes on when it has"
          />
          <Radio size="xs" value="soft" label="Soft: everything goes on, it only tells" />
        </Stack>
      </Radio.Group>
      <TextInput
        label="Alerts at, in percent of the limit"
        autoComplete="off"
        value={props.thresholds}
        error={wrong ? "Whole percents from 1 to 1000, at most ten: 50, 80, 100" : undefined}
        onChange={(event) => props.onThresholds(event.currentTarget.value)}
      />
    </>
  );
}
