import Link from "next/link";
import type { ReactNode } from "react";
import type { PlanView } from "../../triage/plans/plan-view.ts";
import { CopiedId } from "../format/copied-id.tsx";
import { formatCount } from "../format/count.ts";
import { MomentText } from "../format/moment-text.tsx";
import facts from "../requeues/fact-row.module.css";
import { optionsSentence, rangeText, selectionLink } from "./plan.model.ts";

/** The figures of a plan, and what it was made from. */
export function PlanFacts({ plan }: { plan: PlanView }) {
  const { text, href } = selectionLink(plan.selection);
  return (
    <dl className={facts.facts}>
      <Fact name="Selected">{formatCount(plan.selected)}</Fact>
      <Fact name="Requeued">{formatCount(plan.included)}</Fact>
      <Fact name="Left out">{formatCount(plan.selected - plan.included)}</Fact>
      <Fact name="Cost">{rangeText(plan.cost)}</Fact>
      <Fact name="Would wait for money">{formatCount(plan.held)}</Fact>
      <Fact name="Of">{href === null ? text : <Link href={href}>{text}</Link>}</Fact>
      <Fact name="How">{optionsSentence(plan.options)}</Fact>
      <Fact name="Planned">
        <MomentText at={plan.createdAt} /> by {plan.createdBy}
      </Fact>
      <Fact name="Id">
        <CopiedId label="id of the plan" id={plan.id} bare />
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={facts.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
