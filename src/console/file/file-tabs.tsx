"use client";

import { Tabs } from "@mantine/core";
import type { FileView, RunView } from "../../pipeline/files/file-view.ts";
import type { StepName } from "../../pipeline/graph.ts";
import { formatCount } from "../format/count.ts";
import { formatMoney } from "../format/money.ts";
import { AttemptsTab } from "./attempts/attempts-tab.tsx";
import { ChunksTab } from "./chunks/chunks-tab.tsx";
import { CostsTab } from "./costs/costs-tab.tsx";
import { type FileTab, fileTabs } from "./file-state.ts";
import classes from "./file-tabs.module.css";
import { TraceTab } from "./trace/trace-tab.tsx";

/** What of the page stands in the address. */
interface FileState {
  readonly tab: FileTab;
  readonly step: StepName | null;
  readonly span: string | null;
}

/** The tabs below the head; each reads its own data when it is opened. */
export function FileTabs(props: {
  file: FileView;
  run: RunView;
  state: FileState;
  onState: (change: Partial<FileState>) => void;
}) {
  const { file, run, state, onState } = props;
  const attempts = run.steps.reduce((sum, step) => sum + step.attempts.length, 0);
  return (
    <Tabs
      value={state.tab}
      onChange={(value) => onState({ tab: fileTabs.find((tab) => tab === value) ?? "attempts" })}
      keepMounted={false}
      classNames={{ list: classes.list ?? "", tab: classes.tab ?? "", panel: classes.panel ?? "" }}
    >
      <Tabs.List>
        <Tabs.Tab value="attempts">
          Attempts <span className={classes.count}>{formatCount(attempts)}</span>
        </Tabs.Tab>
        <Tabs.Tab value="trace">Trace</Tabs.Tab>
        <Tabs.Tab value="costs">
          Costs <span className={classes.count}>{formatMoney(file.costNanoUsd)}</span>
        </Tabs.Tab>
        <Tabs.Tab value="chunks">
          Chunks <span className={classes.count}>{file.chunks === null ? "" : formatCount(file.chunks)}</span>
        </Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="attempts">
        <AttemptsTab run={run} step={state.step} onEveryStep={() => onState({ step: null })} />
      </Tabs.Panel>
      <Tabs.Panel value="trace">
        <TraceTab file={file} run={run} spanId={state.span} onSpan={(span) => onState({ span })} />
      </Tabs.Panel>
      <Tabs.Panel value="costs">
        <CostsTab file={file} />
      </Tabs.Panel>
      <Tabs.Panel value="chunks">
        <ChunksTab file={file} />
      </Tabs.Panel>
    </Tabs>
  );
}
