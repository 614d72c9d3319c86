"use client";

import { Checkbox, Radio, Stack } from "@mantine/core";
import { useState } from "react";
import type { ForecastBudget, HeldStepView } from "../../../costs/budgets/budget-view.ts";
import { formatCounted } from "../../format/count.ts";
import { formatMoney } from "../../format/money.ts";
import { newRequestKey } from "../../request-key.ts";
import { reasonOf, useReleaseBudget } from "./budget-deeds.ts";
import { DeedDialog, Effect } from "./deed-dialog.tsx";
import { type HeldFile, heldFiles } from "./release.model.ts";
import classes from "./release-dialog.module.css";

/** Lets held steps go on, within the limit or above it, all of them or those of some files. */
export function ReleaseDialog(props: {
  budget: ForecastBudget;
  held: readonly HeldStepView[];
  onClose: () => void;
}) {
  const { budget, held, onClose } = props;
  const [above, setAbove] = useState(false);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [reason, setReason] = useState("");
  const [key] = useState(newRequestKey);
  const release = useReleaseBudget(budget, key, onClose);
  const files = heldFiles(held);
  const chosen = files.filter(({ fileId }) => !left.has(fileId));
  const all = left.size === 0;
  const steps = chosen.flatMap((file) => file.steps);
  const count = all ? budget.holds.count : steps.length;
  const needed = all
    ? BigInt(budget.holds.neededNanoUsd)
    : chosen.reduce((sum, file) => sum + file.neededNanoUsd, 0n);
  return (
    <DeedDialog
      title={`Release what the ${budget.name} holds`}
      deed="Release"
      ready={count > 0}
      pending={release.isPending}
      error={release.error}
      reason={reason}
      reasonNeeded={above}
      onReason={setReason}
      onSubmit={() => release.mutate({ ...(!all && { steps }), force: above, ...reasonOf(reason) })}
      onClose={onClose}
    >
      <Radio.Group
        label="How far"
        value={above ? "above" : "within"}
        onChange={(how) => setAbove(how === "above")}
      >
        <Stack gap={6} mt={6}>
          <Radio
            size="xs"
            value="within"
            label="As far as there is room"
            description={`${formatMoney(budget.freeNanoUsd)} is free. They would go on by themselves; this looks again now.`}
            data-autofocus
          />
          <Radio
            size="xs"
            value="above"
            label="Above the limit"
            description="What they spend beyond it shows as excess, with your reason."
          />
        </Stack>
      </Radio.Group>
      {above && files.length > 1 && <FileChoice files={files} left={left} onLeft={setLeft} />}
      <Effect
        lines={[
          {
            name: "Asked for",
            value: `${formatCounted(count, "step")}, which ${count === 1 ? "needs" : "need"} ${formatMoney(needed)}`,
          },
          ...(above && budget.scope !== "file"
            ? [{ name: "Above it", value: `at most ${formatMoney(excessOf(budget, needed))}` }]
            : []),
        ]}
      />
    </DeedDialog>
  );
}

function excessOf(budget: ForecastBudget, needed: bigint): bigint {
  const used = BigInt(budget.settledNanoUsd) + BigInt(budget.reservedNanoUsd);
  const excess = used + needed - BigInt(budget.limitNanoUsd);
  return excess > 0n ? excess : 0n;
}

function FileChoice(props: {
  files: readonly HeldFile[];
  left: ReadonlySet<string>;
  onLeft: (left: ReadonlySet<string>) => void;
}) {
  const { files, left, onLeft } = props;
  return (
    <Checkbox.Group
      label="Of which files"
      value={files.filter(({ fileId }) => !left.has(fileId)).map(({ fileId }) => fileId)}
      onChange={(chosen) =>
        onLeft(new Set(files.map(({ fileId }) => fileId).filter((id) => !chosen.includes(id))))
      }
    >
      <div className={classes.files}>
        {files.map((file) => (
          <Checkbox
            key={file.fileId}
            size="xs"
            value={file.fileId}
            label={`${file.fileName}: ${formatCounted(file.steps.length, "step")}, ${formatMoney(file.neededNanoUsd)}`}
          />
        ))}
      </div>
    </Checkbox.Group>
  );
}
