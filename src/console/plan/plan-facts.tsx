import Link from "next/link";
import type { PlanView } from "../../triage/plans/plan-view.ts";
import { CopiedId } from "../format/copied-id.tsx";
import { formatCount } from "../format/count.ts";
import { Fact, FactRow } from "../format/fact-row.tsx";
import { MomentText } from "../format/moment-text.tsx";
import { costText, optionsSentence, selectionLink } from "./plan.model.ts";

/** The figures of a plan, and what it was made from. */
export function PlanFacts({ plan }: { plan: PlanView }) {
  const { text, href } = selectionLink(plan.selection);
  return (
    <FactRow>
      <Fact name="Selected">{formatCount(plan.selected)}</Fact>
      <Fact name="Requeued">{formatCount(plan.included)}</Fact>
      <Fact name="Left out">{formatCount(plan.selected - plan.included)}</Fact>
      <Fact name="Cost">{costText(plan.cost)}</Fact>
      <Fact name="Would wait for money">{formatCount(plan.held)}</Fact>
      <Fact name="Of">{href === null ? text : <Link href={href}>{text}</Link>}</Fact>
      <Fact name="How">{optionsSentence(plan.options)}</Fact>
      <Fact name="Planned">
        <MomentText at={plan.createdAt} /> by {plan.createdBy}
      </Fact>
      <Fact name="Id">
        <CopiedId label="id of the plan" id={plan.id} bare />
      </Fact>
    </FactRow>
  );
}
