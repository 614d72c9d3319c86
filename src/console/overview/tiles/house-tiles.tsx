import type { Read } from "../../../triage/overview/overview-view.ts";
import { formatCapped, formatCount, formatCounted } from "../../format/count.ts";
import { formatDuration } from "../../format/duration.ts";
import { MomentText } from "../../format/moment-text.tsx";
import { BreakerMark } from "../../providers/breaker-mark.tsx";
import { classWords } from "../../reconciliation/reconciliation.model.ts";
import { RequeueMark } from "../../requeues/requeue-mark.tsx";
import { Figure, Tile, TileNote, TileRow, TileRows } from "./tile.tsx";

type Provider = Read<"providers">[number];

/** What the states of breakers mean, where nothing says that it is one. */
const breakerMeanings = { closed: "Answers", "half-open": "Being tried", open: "Cut off" } as const;

/** How the providers are. */
export function ProvidersTile({ part }: { part: Read<"providers"> | null }) {
  return (
    <Tile title="Providers" href="/providers" size="tall" part={part} figure={providersFigure}>
      {(providers) => (
        <TileRows>
          {providers.map((provider) => (
            <TileRow key={provider.provider} label={provider.name} note={<Lately provider={provider} />}>
              <BreakerMark state={provider.state} words={breakerMeanings} />
            </TileRow>
          ))}
        </TileRows>
      )}
    </Tile>
  );
}

function providersFigure(providers: Read<"providers">) {
  const out = providers.filter(({ state }) => state !== "closed").length;
  if (out === 0)
    return <Figure value={formatCount(providers.length)} unit={`of ${providers.length} answer`} />;
  return <Figure value={formatCount(out)} unit={`of ${providers.length} cut off`} tone="bad" />;
}

function Lately({
  provider: { state, since, errorPercent, p95Ms, heldSteps, byHand },
}: {
  provider: Provider;
}) {
  if (state !== "closed")
    return (
      <>
        {byHand ? "by hand, " : ""}since <MomentText at={since} />
        {heldSteps > 0 && `, holds ${formatCapped(heldSteps, heldSteps === 10_000)}`}
      </>
    );
  if (errorPercent === null) return "no calls in 5 minutes";
  const errors = errorPercent === 0 ? "" : `${errorPercent} % errors, `;
  return p95Ms === null ? `${errorPercent} % errors` : `${errors}p95 ${formatDuration(p95Ms)}`;
}

/** What the last reconciliation found that is still so. */
export function ReconciliationTile({ part }: { part: Read<"reconciliation"> | null }) {
  return (
    <Tile
      title="Reconciliation"
      href="/reconciliation"
      size="small"
      part={part}
      figure={({ last }) =>
        last === null ? (
          <Figure value="–" unit="none has been made" />
        ) : (
          <Figure
            value={formatCount(last.open)}
            unit={last.open === 1 ? "finding is open" : "findings are open"}
            tone={last.open > 0 ? "wait" : undefined}
          />
        )
      }
    >
      {({ last }) =>
        last !== null && (
          <>
            <TileNote>
              {last.finishedAt === null ? (
                <>
                  It is under way since <MomentText at={last.startedAt} />.
                </>
              ) : (
                <>
                  {last.open === 0 ? "QStash, Postgres and the index agree, " : "Looked through "}
                  <MomentText at={last.finishedAt} />.
                </>
              )}
            </TileNote>
            {last.classes.length > 0 && (
              <TileRows>
                {last.classes.map(({ class: name, open }) => (
                  <TileRow key={name} href={`/reconciliation?class=${name}`} label={classWords[name].name}>
                    {formatCount(open)}
                  </TileRow>
                ))}
              </TileRows>
            )}
          </>
        )
      }
    </Tile>
  );
}

/** The requeues that are not proved yet. */
export function RequeuesTile({ part }: { part: Read<"requeues"> | null }) {
  return (
    <Tile
      title="Requeues"
      href="/requeues"
      size="small"
      part={part}
      figure={(requeues) => (
        <Figure value={formatCapped(requeues.length, requeues.length === 5)} unit="under way" />
      )}
    >
      {(requeues) =>
        requeues.length === 0 ? (
          <TileNote>None is under way.</TileNote>
        ) : (
          <TileRows>
            {requeues.map((requeue) => (
              <TileRow
                key={requeue.id}
                href={`/requeues/${encodeURIComponent(requeue.id)}`}
                label={requeue.name}
                note={`${formatCapped(requeue.left, requeue.leftCapped)} of ${formatCounted(requeue.total, "file")} left`}
              >
                <RequeueMark state={requeue.state} />
              </TileRow>
            ))}
          </TileRows>
        )
      }
    </Tile>
  );
}
