import type { MeteredRemark } from "./meter-source.ts";

/** What QStash's log says of one message. */
export interface LoggedMessage {
  readonly url: string;
  /** How often it was delivered, or that was tried. */
  readonly attempts: number;
  /** The last line of the log about it. */
  readonly state: string;
}

const ended = new Set(["DELIVERED", "FAILED", "CANCELED", "CANCELLED"]);

/**
 * The deliveries of Waybill's messages, and of which of them Waybill may not know. It learns of a delivery by
 * taking it; of one that nobody took, by the next one of the same message, or by the failure callback. So what
 * is still to be delivered may have more deliveries than were heard of, and of a tick, which is sent once, none
 * may ever be heard of.
 */
export function countDeliveries(
  messages: readonly LoggedMessage[],
  ours: { readonly waybillUrl: string; readonly alertUrls: ReadonlySet<string> },
): { quantity: number; remarks: MeteredRemark[] } {
  const jobs = `${ours.waybillUrl}/api/jobs/`;
  const of = (route: string) => messages.filter(({ url }) => url === `${jobs}${route}`);
  const [steps, callbacks] = [of("ingest-file"), of("failed")];
  const scheduled = [...of("tick"), ...of("retention"), ...of("reconcile"), ...of("requeue")];
  const alerts = messages.filter(({ url }) => ours.alertUrls.has(url));
  const open = (list: readonly LoggedMessage[]) => list.filter(({ state }) => !ended.has(state));
  const lost = (list: readonly LoggedMessage[]) =>
    list.filter(({ state }) => ended.has(state) && state !== "DELIVERED");

  // A message that was given up is put down by its callback.
  const givenUp = attemptsOf(steps.filter(({ state }) => state === "FAILED"));
  const cancelled = attemptsOf(lost(steps).filter(({ state }) => state !== "FAILED"));
  const untold = {
    underWay:
      attemptsOf(open([...steps, ...callbacks, ...scheduled])) + (open(callbacks).length > 0 ? givenUp : 0),
    unheard:
      attemptsOf(lost([...callbacks, ...scheduled])) +
      (lost(callbacks).length > 0 ? givenUp : 0) +
      cancelled +
      // An alert is put down once, when it is sent.
      alerts.reduce((sum, { attempts }) => sum + Math.max(0, attempts - 1), 0),
    sentAhead: alerts.filter(({ attempts }) => attempts === 0).length,
  };
  const remarks: MeteredRemark[] = [
    { kind: "under-way", quantity: untold.underWay },
    { kind: "unheard", quantity: untold.unheard },
    { kind: "sent-ahead", quantity: untold.sentAhead },
  ];
  return {
    quantity: attemptsOf([...steps, ...callbacks, ...scheduled, ...alerts]),
    remarks: remarks.filter(({ quantity }) => quantity > 0),
  };
}

function attemptsOf(messages: readonly LoggedMessage[]): number {
  return messages.reduce((sum, { attempts }) => sum + attempts, 0);
}
