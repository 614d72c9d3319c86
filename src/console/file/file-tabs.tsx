"use client";

import { Tabs } from "@mantine/core";
import type { FileView, RunView } from "../../pipeline/files/file-view.ts";
import type { StepName } from "../../pipeline/graph.ts";
import { formatCount } from "../format/count.ts";
import { formatMoney } from "../format/money.ts";
import classes from "../page/tabs.module.css";
import { useActiveInSight } from "../page/use-active-in-sight.ts";
import { AttemptsTab } from "./attempts/attempts-tab.tsx";
import { ChunksTab } from "./chunks/chunks-tab.tsx";
import { CostsTab } from "./costs/costs-tab.tsx";
import { type FileTab, fileTabs } from "./file-state.ts";
import bar from "./file-tabs.module.css";
import { HistoryTab } from "./history/history-tab.tsx";
import { MessagesTab } from "./messages/messages-tab.tsx";
import { PagesTab } from "./pages/pages-tab.tsx";
import { TabExport } from "./tab-export.tsx";
import { TraceTab } from "./trace/trace-tab.tsx";

/** What of the page stands in the address. */
interface FileState {
  readonly tab: FileTab;
  readonly step: StepName | null;
  readonly span: string | null;
  readonly page: number | null;
  readonly message: string | null;
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
  const list = useActiveInSight(state.tab);
  return (
    <Tabs
      value={state.tab}
      onChange={(value) => onState({ tab: fileTabs.find((tab) => tab === value) ?? "trace" })}
      keepMounted={false}
      classNames={{ list: classes.list ?? "", tab: classes.tab ?? "", panel: classes.panel ?? "" }}
    >
      <div className={bar.bar}>
        <Tabs.List ref={list}>
          <Tabs.Tab value="trace">Trace</Tabs.Tab>
          <Tabs.Tab value="attempts">
            Attempts <span className={classes.count}>{formatCount(attempts)}</span>
          </Tabs.Tab>
          <Tabs.Tab value="costs">
            Costs <span className={classes.count}>{formatMoney(file.costNanoUsd)}</span>
          </Tabs.Tab>
          <Tabs.Tab value="pages">
            Pages <span className={classes.count}>{file.pages === null ? "" : formatCount(file.pages)}</span>
          </Tabs.Tab>
          <Tabs.Tab value="chunks">
            Chunks{" "}
            <span className={classes.count}>{file.chunks === null ? "" : formatCount(file.chunks)}</span>
          </Tabs.Tab>
          <Tabs.Tab value="messages">Messages</Tabs.Tab>
          <Tabs.Tab value="history">History</Tabs.Tab>
        </Tabs.List>
        <TabExport file={file} tab={state.tab} />
      </div>
      <Tabs.Panel value="trace">
        <TraceTab file={file} run={run} spanId={state.span} onSpan={(span) => onState({ span })} />
      </Tabs.Panel>
      <Tabs.Panel value="attempts">
        <AttemptsTab file={file} run={run} step={state.step} onEveryStep={() => onState({ step: null })} />
      </Tabs.Panel>
      <Tabs.Panel value="costs">
        <CostsTab file={file} />
      </Tabs.Panel>
      <Tabs.Panel value="pages">
        <PagesTab file={file} page={state.page} onPage={(page) => onState({ page })} />
      </Tabs.Panel>
      <Tabs.Panel value="chunks">
        <ChunksTab file={file} />
      </Tabs.Panel>
      <Tabs.Panel value="messages">
        <MessagesTab file={file} messageId={state.message} />
      </Tabs.Panel>
      <Tabs.Panel value="history">
        <HistoryTab file={file} />
      </Tabs.Panel>
    </Tabs>
  );
}
