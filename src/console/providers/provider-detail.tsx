"use client";

import Link from "next/link";
import { useQueryStates } from "nuqs";
import type { ProviderView } from "../../triage/providers/provider-view.ts";
import { type ShownTime, shownTime } from "../dashboards/shown-time.model.ts";
import { TimeBar } from "../dashboards/time-bar.tsx";
import { formatCount } from "../format/count.ts";
import { formatDuration } from "../format/duration.ts";
import { Fact, FactRow } from "../format/fact-row.tsx";
import { MomentText } from "../format/moment-text.tsx";
import { useNow } from "../shell/now.tsx";
import { BreakerDeeds } from "./breaker-deeds.tsx";
import { BreakerMark } from "./breaker-mark.tsx";
import { ChangeList } from "./change-list.tsx";
import { CourseCharts } from "./course-charts.tsx";
import { heldText, nextProbeText, standOf } from "./providers.model.ts";
import classes from "./providers.module.css";
import { providersState } from "./providers-state.ts";

/** One provider: how its breaker stands and what can be done, its course over a time, and its history. */
export function ProviderDetail({ provider }: { provider: ProviderView }) {
  const [state, setState] = useQueryStates(providersState);
  const time = shownTime(state);
  const show = (shown: ShownTime) =>
    void setState(
      shown.kind === "live"
        ? { range: shown.range, from: null, to: null }
        : { from: shown.from, to: shown.to },
      { history: "push" },
    );
  return (
    <section className={classes.detail} aria-labelledby="provider-shown">
      <div className={classes.head}>
        <h2 id="provider-shown" className={classes.name}>
          {provider.name}
        </h2>
        <BreakerMark state={provider.state} byHand={provider.byHand} />
        <div className={classes.deeds}>
          <BreakerDeeds provider={provider} />
        </div>
      </div>
      <p className={classes.stand}>{standOf(provider)}</p>
      <Facts provider={provider} />
      <div className={classes.time}>
        <TimeBar time={time} range={state.range} onShow={show} />
      </div>
      <CourseCharts provider={provider} time={time} onShow={show} />
      <div className={classes.changes}>
        <ChangeList
          provider={provider}
          cursor={state.cursor}
          onCursor={(cursor) => void setState({ cursor }, { history: "push" })}
        />
      </div>
    </section>
  );
}

function Facts({ provider }: { provider: ProviderView }) {
  const { lately, heldSteps, since } = provider;
  const next = nextProbeText(provider, useNow());
  const ms = (value: number | null) => (value === null ? "–" : formatDuration(value));
  return (
    <FactRow>
      <Fact name={provider.state === "closed" ? "Closed since" : "Out since"}>
        <MomentText at={since} />
      </Fact>
      <Fact name="Calls in 5 min">{formatCount(lately.calls)}</Fact>
      <Fact name="Not answered">
        {formatCount(lately.ill)}
        {lately.errorPercent !== null && ` (${lately.errorPercent} %)`}
      </Fact>
      <Fact name="p50">{ms(lately.p50Ms)}</Fact>
      <Fact name="p95">{ms(lately.p95Ms)}</Fact>
      <Fact name="Held">
        {heldSteps === 0 ? "none" : <Link href="/stuck?reason=breaker-open">{heldText(heldSteps)}</Link>}
      </Fact>
      {next !== null && <Fact name="Next try">{next}</Fact>}
    </FactRow>
  );
}
