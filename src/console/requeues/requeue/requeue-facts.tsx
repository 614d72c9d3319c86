import Link from "next/link";
import type { RequeueView } from "../../../triage/requeues/requeue-view.ts";
import { CopiedId } from "../../format/copied-id.tsx";
import { Fact, FactRow } from "../../format/fact-row.tsx";
import { MomentText } from "../../format/moment-text.tsx";
import { optionsSentence, placeText, selectionLink } from "../../plan/plan.model.ts";

/** What a requeue was made of: by whom, why, of which files, from where and how. */
export function RequeueFacts({ requeue }: { requeue: RequeueView }) {
  const { text, href } = selectionLink(requeue.selection);
  return (
    <FactRow>
      <Fact name="Of">{href === null ? text : <Link href={href}>{text}</Link>}</Fact>
      <Fact name="Goes on">{placeText(requeue)}</Fact>
      <Fact name="How">{optionsSentence(requeue.options)}</Fact>
      <Fact name="Plan">
        <Link href={`/plans/${encodeURIComponent(requeue.planId)}`}>Open the plan</Link>
      </Fact>
      <Fact name="Asked for">
        <MomentText at={requeue.createdAt} /> by {requeue.by}
      </Fact>
      {requeue.finishedAt !== null && (
        <Fact name="Ended">
          <MomentText at={requeue.finishedAt} />
        </Fact>
      )}
      {requeue.reason !== null && <Fact name="Why">{requeue.reason}</Fact>}
      <Fact name="Id">
        <CopiedId label="id of the requeue" id={requeue.id} bare />
      </Fact>
    </FactRow>
  );
}
