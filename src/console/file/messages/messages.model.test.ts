import { describe, expect, it } from "vitest";
import type { MessageView } from "../../../pipeline/files/message-view.ts";
import { isOpenAtFirst, stateRows, summaryOf, wordOf } from "./messages.model.ts";

function message(...states: [state: string, atMs: number][]): MessageView {
  return {
    messageId: "msg_1",
    run: 1,
    step: "inspect",
    shard: 0,
    dispatch: 1,
    publishedAt: "2026-03-01T12:00:00.000Z",
    dlqId: null,
    attempts: [],
    states: states.map(([state, atMs]) => ({
      state,
      at: new Date(Date.UTC(2026, 2, 1) + atMs).toISOString(),
      error: null,
      responseStatus: null,
      nextDeliveryAt: null,
    })),
  };
}

describe("the states of a message", () => {
  it("are told in words, with the time since the one before", () => {
    const { states } = message(["CREATED", 0], ["ACTIVE", 20], ["ERROR", 1_520], ["RETRY", 1_521]);
    expect(stateRows(states).map(({ word, sinceMs }) => [word, sinceMs])).toEqual([
      ["taken in", null],
      ["handed over", 20],
      ["answered with an error", 1_500],
      ["waits for its retry", 1],
    ]);
  });

  it("say when the next delivery is due, unless it is due at once", () => {
    const [state] = message(["RETRY", 0]).states;
    const nextOf = (ms: number) => {
      const nextDeliveryAt = new Date(Date.UTC(2026, 2, 1) + ms).toISOString();
      return state && stateRows([{ ...state, nextDeliveryAt }])[0]?.nextDeliveryAt;
    };
    expect([nextOf(-2), nextOf(999)]).toEqual([null, null]);
    expect(nextOf(12_000)).toBe("2026-03-01T00:00:12.000Z");
  });

  it("keep a word that QStash may add one day", () => {
    expect(wordOf("PARKED")).toEqual({ word: "parked", tone: "plain" });
  });

  it("say in one line where the message stands, and how long it took", () => {
    expect(summaryOf(message(["CREATED", 0], ["ACTIVE", 5], ["DELIVERED", 905]))).toEqual({
      word: "delivered",
      tone: "good",
      tookMs: 905,
    });
    expect(summaryOf(message(["CREATED", 0]))).toMatchObject({ word: "taken in", tookMs: null });
    expect(summaryOf(message())).toMatchObject({ word: "sent", tookMs: null });
  });

  it("are open at first where something went wrong, and everywhere when there are but a few", () => {
    const bad = message(["CREATED", 0], ["ERROR", 1]);
    const good = message(["CREATED", 0], ["DELIVERED", 1]);
    expect([isOpenAtFirst(good, 3), isOpenAtFirst(good, 4)]).toEqual([true, false]);
    expect([isOpenAtFirst(bad, 30), isOpenAtFirst(bad, 31)]).toEqual([true, false]);
  });
});
