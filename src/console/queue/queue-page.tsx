"use client";

import { Tabs } from "@mantine/core";
import { useQueryStates } from "nuqs";
import { useLiveQuery } from "../page/live.tsx";
import { PageHead } from "../page/page-head.tsx";
import tabs from "../page/tabs.module.css";
import { useActiveInSight } from "../page/use-active-in-sight.ts";
import { FlowControlTab } from "./flow-control-tab.tsx";
import { LettersTab } from "./letters-tab.tsx";
import { LogTab } from "./log-tab.tsx";
import { headlineOf, tabWords } from "./queue.model.ts";
import { countsQuery } from "./queue.query.ts";
import { QueueFacts } from "./queue-facts.tsx";
import classes from "./queue-page.module.css";
import { queueState, queueTabs } from "./queue-state.ts";
import { QueuesTab } from "./queues-tab.tsx";
import { SchedulesTab } from "./schedules-tab.tsx";
import { StepsTab } from "./steps-tab.tsx";

/** What is under way between Postgres and QStash, and what can be done about how it flows. */
export function QueuePage() {
  const [state, setState] = useQueryStates(queueState);
  const counts = useLiveQuery(countsQuery);
  const list = useActiveInSight(state.tab);
  const headline = counts.data && headlineOf(counts.data);
  const change = (changed: Parameters<typeof setState>[0]) => void setState(changed, { history: "push" });
  const steps = { filter: state, onChange: change };
  return (
    <>
      <PageHead title="Queue" readAtMs={counts.dataUpdatedAt}>
        {headline && (
          <p className={classes.headline} data-state={headline.state} role="status">
            {headline.text}
          </p>
        )}
      </PageHead>
      <QueueFacts />
      <Tabs
        value={state.tab}
        onChange={(value) => {
          const tab = queueTabs.find((one) => one === value) ?? "in-flight";
          void setState({ ...empty, tab }, { history: "push" });
        }}
        keepMounted={false}
        classNames={{ list: tabs.list ?? "", tab: tabs.tab ?? "", panel: tabs.panel ?? "" }}
      >
        <Tabs.List ref={list} aria-label="Of the queue">
          {queueTabs.map((tab) => (
            <Tabs.Tab key={tab} value={tab}>
              {tabWords[tab]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="in-flight">
          <StepsTab list="in-flight" {...steps} />
        </Tabs.Panel>
        <Tabs.Panel value="delayed">
          <StepsTab list="delayed" {...steps} />
        </Tabs.Panel>
        <Tabs.Panel value="flow-control">
          <FlowControlTab />
        </Tabs.Panel>
        <Tabs.Panel value="queues">
          <QueuesTab />
        </Tabs.Panel>
        <Tabs.Panel value="dead-letters">
          <LettersTab cursor={state.cursor} onCursor={(cursor) => change({ cursor })} />
        </Tabs.Panel>
        <Tabs.Panel value="log">
          <LogTab filters={state} onChange={change} />
        </Tabs.Panel>
        <Tabs.Panel value="schedules">
          <SchedulesTab />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

/** What narrows one tab means nothing in another. */
const empty = {
  ...{ step: null, project: null, state: null, url: null, message: null, span: null, cursor: null },
  ...{ chosen: null, every: null },
};
