import type { MessageStateView, MessageView } from "../../../pipeline/files/message-view.ts";

/** How a state bears on the reader. */
export type Tone = "good" | "bad" | "wait" | "plain";

/** A state as it is shown: in words, with the time since the state before it. */
export interface StateRow {
  readonly key: string;
  readonly word: string;
  readonly tone: Tone;
  readonly at: string;
  /** Null for the first. */
  readonly sinceMs: number | null;
  readonly error: string | null;
  readonly responseStatus: number | null;
  /** Null when it is due at once. */
  readonly nextDeliveryAt: string | null;
}

/** A delivery that is due sooner than this is due at once. In ms. */
const soonMs = 1_000;

const words: Readonly<Record<string, { word: string; tone: Tone }>> = {
  CREATED: { word: "taken in", tone: "plain" },
  ACTIVE: { word: "handed over", tone: "plain" },
  DELIVERED: { word: "delivered", tone: "good" },
  ERROR: { word: "answered with an error", tone: "bad" },
  RETRY: { word: "waits for its retry", tone: "wait" },
  FAILED: { word: "given up", tone: "bad" },
  IN_PROGRESS: { word: "in progress", tone: "plain" },
  CANCEL_REQUESTED: { word: "to be cancelled", tone: "wait" },
  CANCELED: { word: "cancelled", tone: "wait" },
  CANCELLED: { word: "cancelled", tone: "wait" },
};

/** QStash's word for a state, in ours; one that we do not know is shown as it came. */
export function wordOf(state: string): { word: string; tone: Tone } {
  return words[state] ?? { word: state.toLowerCase(), tone: "plain" };
}

/** The states of a message in their order, with the gaps between them. */
export function stateRows(states: readonly MessageStateView[]): StateRow[] {
  return states.map((state, at) => {
    const before = states[at - 1];
    return {
      ...wordOf(state.state),
      key: `${state.at} ${state.state}`,
      at: state.at,
      sinceMs: before === undefined ? null : Date.parse(state.at) - Date.parse(before.at),
      error: state.error,
      responseStatus: state.responseStatus,
      nextDeliveryAt: isLater(state) ? state.nextDeliveryAt : null,
    };
  });
}

function isLater({ at, nextDeliveryAt }: MessageStateView): boolean {
  return nextDeliveryAt !== null && Date.parse(nextDeliveryAt) - Date.parse(at) >= soonMs;
}

/** A message in one line: where it stands, and how long it took from being taken in to there. */
export function summaryOf(message: MessageView): { word: string; tone: Tone; tookMs: number | null } {
  const first = message.states[0];
  const last = message.states.at(-1);
  if (first === undefined || last === undefined) return { word: "sent", tone: "plain", tookMs: null };
  const tookMs = last === first ? null : Date.parse(last.at) - Date.parse(first.at);
  return { ...wordOf(last.state), tookMs };
}

/** Whether a message is shown with its states at first: when something went wrong, or there are but a few. */
export function isOpenAtFirst(message: MessageView, count: number): boolean {
  const trouble = message.states.some(({ state }) => wordOf(state).tone === "bad");
  return count <= 3 || (trouble && count <= 30);
}
