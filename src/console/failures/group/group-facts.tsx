import type { FailureView } from "../../../triage/failures/failure-view.ts";
import { CopiedId } from "../../format/copied-id.tsx";
import { formatCount } from "../../format/count.ts";
import { Fact, FactRow } from "../../format/fact-row.tsx";
import { MomentText } from "../../format/moment-text.tsx";
import { MoneyText } from "../../format/money-text.tsx";
import { HoursBars } from "../hours-bars.tsx";

/** The figures of a group. */
export function GroupFacts({ group }: { group: FailureView }) {
  return (
    <FactRow>
      <Fact name="Last 24 hours">
        <HoursBars hours={group.hours} label={group.message} />
      </Fact>
      <Fact name="Failures">{formatCount(group.failures)}</Fact>
      <Fact name="Attempts">{formatCount(group.attempts)}</Fact>
      <Fact name="Wasted">
        <MoneyText nanoUsd={group.wastedNanoUsd} />
      </Fact>
      <Fact name="First seen">
        <MomentText at={group.firstSeenAt} />
      </Fact>
      <Fact name="Last seen">
        <MomentText at={group.lastSeenAt} />
      </Fact>
      <Fact name="Graph versions">{group.graphVersions.join(", ") || "–"}</Fact>
      <Fact name="Deployments">{group.deployments.join(", ") || "–"}</Fact>
      <Fact name="Id">
        <CopiedId label="id of the failure" id={group.id} bare />
      </Fact>
    </FactRow>
  );
}
