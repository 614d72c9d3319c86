import { Button, Skeleton, UnstyledButton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { CommonTrait, CommonView } from "../../../triage/failures/common-view.ts";
import type { Trait } from "../../../triage/failures/file-traits.ts";
import { formatCount } from "../../format/count.ts";
import page from "../../page/page-section.module.css";
import { PageSection } from "../../page/page-section.tsx";
import { FailureState } from "../../states/failure-state.tsx";
import { commonQuery } from "../failures.query.ts";
import { attributeWords } from "./attribute-words.ts";
import { shareText } from "./group.model.ts";
import classes from "./group-common.module.css";
import lines from "./group-lines.module.css";

/** By how many traits at most the failed files are told from the others. */
const most = 6;

/** What is more common among the group's files than among those that succeeded; each trait filters their list. */
export function GroupCommon(props: {
  id: string;
  trait: Trait | null;
  onTrait: (trait: Trait | null) => void;
}) {
  const common = useQuery(commonQuery(props.id));
  const again = () => void common.refetch();
  return (
    <PageSection
      title="What they have in common"
      beside={
        <Button
          className={classes.again ?? ""}
          variant="subtle"
          size="compact-xs"
          loading={common.isFetching}
          onClick={again}
        >
          Compare again
        </Button>
      }
    >
      {common.data !== undefined && (
        <Traits common={common.data} trait={props.trait} onTrait={props.onTrait} />
      )}
      {common.error !== null && (
        <FailureState title="The files could not be compared" error={common.error} onRetry={again} />
      )}
      {common.isPending && <Skeleton height={120} />}
    </PageSection>
  );
}

function Traits(props: { common: CommonView; trait: Trait | null; onTrait: (trait: Trait | null) => void }) {
  const { capped, traits } = props.common;
  const [first] = traits;
  if (first === undefined)
    return <p className={page.quiet}>Nothing by which they can be told from files that succeeded.</p>;
  return (
    <>
      <ul className={lines.list}>
        {traits.slice(0, most).map((trait) => {
          const { attribute, value } = trait;
          const chosen = attribute === props.trait?.attribute && value === props.trait.value;
          return (
            <li key={`${attribute} ${value}`} className={classes.row}>
              <UnstyledButton
                className={classes.trait ?? ""}
                aria-pressed={chosen}
                title={chosen ? "Show the files without this filter" : "Show the files that have this"}
                onClick={() => props.onTrait(chosen ? null : { attribute, value })}
              >
                <TraitText trait={trait} />
              </UnstyledButton>
            </li>
          );
        })}
      </ul>
      {first.succeededOf === 0 && (
        <p className={page.quiet}>No file has succeeded yet that they could be told from.</p>
      )}
      {capped && (
        <p className={page.quiet}>
          Of the newest {formatCount(first.failedOf)} failed and {formatCount(first.succeededOf)} succeeded
          files.
        </p>
      )}
    </>
  );
}

function TraitText({ trait }: { trait: CommonTrait }) {
  return (
    <>
      <span className={classes.name}>
        <span className={page.quiet}>{attributeWords[trait.attribute]}</span> <b>{trait.label}</b>
      </span>
      <span className={classes.share}>{shareText(trait.failed, trait.failedOf)} of the failed</span>
      {trait.succeededOf > 0 && (
        <span className={`${classes.other} ${page.quiet}`}>
          {shareText(trait.succeeded, trait.succeededOf)} of those that succeeded
        </span>
      )}
    </>
  );
}
