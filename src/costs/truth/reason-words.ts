import type { ReasonKind, Truth, TruthLine } from "./truth-view.ts";

/** What each reason is called where people read of it. */
export const reasonWords: Readonly<Record<ReasonKind, { readonly title: string; readonly text: string }>> = {
  "lost-attempt": {
    title: "settled by estimate after a crash",
    text: "A worker vanished. What it had begun to buy stands at the most that it may have cost.",
  },
  "no-answer": {
    title: "no answer came",
    text: "A call was not answered: the provider may have done it or not. It stands at its estimate.",
  },
  "price-changed": {
    title: "price changed",
    text: "A price was corrected, and entries were adjusted to it.",
  },
  edge: {
    title: "at the edge of the time",
    text: "Bought on one side of the beginning or the end, and put down on the other.",
  },
  "under-way": {
    title: "still under way",
    text: "Metered, and on its way into the ledger.",
  },
  "sent-ahead": {
    title: "not delivered yet",
    text: "An alert is put down when it is sent, and metered when it is delivered.",
  },
  unheard: {
    title: "never heard of",
    text: "Delivered while nobody took it, and not sent again: ticks, alerts, what was cancelled.",
  },
  rounding: {
    title: "rounding",
    text: "Each entry is rounded to a billionth of a dollar by itself.",
  },
};

/** What a line's state is called. */
export const lineStateWords: Readonly<Record<TruthLine["state"], string>> = {
  agrees: "agrees",
  explained: "explained",
  unexplained: "unexplained",
  unasked: "not asked",
};

/** What has come of the comparison, as a sentence. */
export const truthWords: Readonly<Record<Truth["state"], string>> = {
  agrees: "Nothing is unexplained.",
  unexplained: "There are differences that nothing explains.",
  incomplete: "Nothing is unexplained, but not everybody could be asked.",
};
