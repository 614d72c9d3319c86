"use client";

import { SimpleGrid } from "@mantine/core";
import { useState } from "react";
import type { FlowControlView } from "../../triage/queue/qstash-view.ts";
import { LimitNumber, type TypedNumber } from "./limit-number.tsx";
import { limitsText } from "./queue.model.ts";
import { QueueDeedDialog } from "./queue-deed-dialog.tsx";

/** Asks to which limits a key of flow control is pinned. */
export function PinDialog({ flow, onClose }: { flow: FlowControlView; onClose: () => void }) {
  const [parallelism, setParallelism] = useState<TypedNumber>(flow.parallelism.max ?? "");
  const [rate, setRate] = useState<TypedNumber>(flow.rate.max ?? "");
  const [periodSec, setPeriod] = useState<TypedNumber>(flow.rate.max === null ? 60 : flow.rate.periodSec);
  const body = pinOf(parallelism, rate, periodSec);
  return (
    <QueueDeedDialog
      asked={{
        title: `Pin ${flow.key}`,
        deed: "Pin the limits",
        effect: [
          { name: "Now", value: limitsText(flow) },
          { name: "From now on", value: "these limits hold, whatever its messages say" },
          { name: "Until", value: "somebody unpins it" },
        ],
        done: { title: "Limits pinned", message: `QStash holds ${flow.key} to them.` },
        path: `flow-control/${encodeURIComponent(flow.key)}`,
        body,
      }}
      onClose={onClose}
    >
      <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="sm">
        <LimitNumber
          label="At once"
          description="Deliveries on the wire"
          value={parallelism}
          onChange={setParallelism}
          first
        />
        <LimitNumber label="Rate" description="Deliveries in a period" value={rate} onChange={setRate} />
        <LimitNumber
          label="Period"
          description="In seconds"
          max={604_800}
          value={periodSec}
          onChange={setPeriod}
        />
      </SimpleGrid>
    </QueueDeedDialog>
  );
}

function pinOf(parallelism: TypedNumber, rate: TypedNumber, periodSec: TypedNumber) {
  const [atOnce, each, period] = [parallelism, rate, periodSec].map((typed) =>
    typeof typed === "number" ? typed : undefined,
  );
  if (atOnce === undefined && each === undefined) return null;
  if (each !== undefined && period === undefined) return null;
  return {
    deed: "pin",
    ...(atOnce !== undefined && { parallelism: atOnce }),
    ...(each !== undefined && { rate: each, periodSec: period }),
  };
}
