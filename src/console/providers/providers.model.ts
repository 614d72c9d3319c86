import type { BreakerProvider } from "../../db/breaker-states.ts";
import type { ProviderCourse } from "../../triage/providers/course-view.ts";
import type { ProviderView } from "../../triage/providers/provider-view.ts";
import type { ChartData } from "../charts/chart-data.ts";
import { formatCounted } from "../format/count.ts";
import { formatDuration } from "../format/duration.ts";

/** The API counts held steps up to here. */
const mostHeldCounted = 10_000;

/** The first sentence of the page: whether anything is wrong. */
export function headlineOf(providers: readonly ProviderView[]): {
  readonly text: string;
  readonly state: "good" | "bad" | "wait";
} {
  const out = providers.filter(({ state }) => state !== "closed");
  if (out.length === 0) {
    const ill = providers.filter(({ lately }) => lately.ill > 0);
    if (ill.length === 0) return { text: "All providers answer.", state: "good" };
    const [first] = ill;
    const names = ill.map(({ name }) => name).join(" and ");
    const text =
      ill.length === 1 && first !== undefined
        ? `${names} did not answer ${first.lately.ill} of its last ${formatCounted(first.lately.calls, "call")}; its breaker is closed.`
        : `${names} did not answer all of their last calls; their breakers are closed.`;
    return { text, state: "wait" };
  }
  const held = out.reduce((sum, { heldSteps }) => sum + heldSteps, 0);
  const names = out.map(({ name }) => name).join(" and ");
  const waits = held === 1 ? "waits" : "wait";
  const tail = held === 0 ? "no step waits yet" : `${heldText(held)} ${waits}`;
  const allTry = out.every(({ state }) => state === "half-open");
  return allTry
    ? { text: `One step tries whether ${names} answers again; ${tail}.`, state: "wait" }
    : { text: `Nothing is sent to ${names}: ${tail}.`, state: "bad" };
}

/** How many steps are held; beyond what is counted it says so. */
export function heldText(held: number): string {
  if (held >= mostHeldCounted) return `${formatCounted(mostHeldCounted, "step")} or more`;
  return formatCounted(held, "step");
}

/** The provider that is looked into: the asked one, else the first that is out, else the first that steps call. */
export function lookedInto(
  providers: readonly ProviderView[],
  asked: BreakerProvider | null,
): ProviderView | undefined {
  return (
    providers.find(({ provider }) => provider === asked) ??
    providers.find(({ state }) => state !== "closed") ??
    providers.find(({ provider }) => provider === "gateway") ??
    providers[0]
  );
}

/** Why a breaker stands as it does, in a sentence. */
export function standOf(provider: ProviderView): string {
  const { state, byHand, reason, probeStepId } = provider;
  if (state === "closed") return "What steps ask of it is sent.";
  if (byHand) return `Opened by hand${reason === null ? "." : `: ${reason}`}`;
  if (state === "half-open" && probeStepId !== null) return `One step tries now. ${reason ?? ""}`.trim();
  return reason ?? "Too many calls failed.";
}

/** When the next step may try; null where that is no question. */
export function nextProbeText({ state, byHand, nextProbeAt }: ProviderView, now: Date): string | null {
  if (state === "closed") return null;
  if (byHand) return "when somebody closes it";
  if (state === "half-open") return "under way";
  if (nextProbeAt === null) return null;
  const leftMs = Date.parse(nextProbeAt) - now.getTime();
  return leftMs <= 0 ? "with the next step" : `in ${formatDuration(Math.ceil(leftMs / 1000) * 1000)}`;
}

/** Calls over time, those that found it ill on top. */
export function callsChart(course: ProviderCourse, now: Date): ChartData {
  return {
    boundaries: course.boundaries,
    goesOn: goesOn(course, now),
    series: [
      { key: "answered", label: "Answered", values: course.answered },
      { key: "ill", label: "Not answered, or 5xx", tone: "bad", values: course.ill },
    ],
  };
}

/** How long calls took over time. */
export function latencyChart(course: ProviderCourse, now: Date): ChartData {
  return {
    boundaries: course.boundaries,
    goesOn: goesOn(course, now),
    series: [
      { key: "p50", label: "p50", values: course.p50Ms },
      { key: "p95", label: "p95", values: course.p95Ms },
    ],
  };
}

/** The share of calls that found it ill over time. */
export function errorChart(course: ProviderCourse, now: Date): ChartData {
  return {
    boundaries: course.boundaries,
    goesOn: goesOn(course, now),
    series: [{ key: "errors", label: "Error rate", tone: "bad", values: course.errorPercent }],
  };
}

function goesOn({ boundaries }: ProviderCourse, now: Date): boolean {
  return (boundaries.at(-1) ?? "") > now.toISOString();
}
