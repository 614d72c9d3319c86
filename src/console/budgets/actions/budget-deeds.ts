import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { z } from "zod";
import { type ForecastBudget, forecastBudgetSchema } from "../../../costs/budgets/budget-view.ts";
import { sendJson } from "../../api-client.ts";
import { releaseText } from "./release.model.ts";

/** What a budget is changed to; what is left out stays. Amounts are nano-USD as digits. */
export interface BudgetChange {
  readonly limitNanoUsd?: string;
  readonly mode?: ForecastBudget["mode"];
  readonly thresholds?: readonly number[];
  readonly reason?: string;
}

/** A budget that is to be made; amounts are nano-USD as digits. */
export interface NewBudget extends Required<Omit<BudgetChange, "reason">> {
  readonly scope: ForecastBudget["scope"];
  readonly project?: string;
  readonly step?: string;
  readonly window: ForecastBudget["window"];
  readonly timeZone: string;
  readonly reason?: string;
}

/** Which held steps are to go on; all of them where `steps` is left out. */
export interface Release {
  readonly steps?: readonly string[];
  readonly force: boolean;
  readonly reason?: string;
}

const released = z.object({ asked: z.number(), released: z.number(), held: z.number() });

/** Sends what changes budgets, has them read again, says what came of it, and calls `onDone`. */
function useDeed<Input, Output>(
  send: (input: Input) => Promise<Output>,
  say: (output: Output) => { title: string; message: string },
  onDone: (output: Output) => void,
) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: async (output) => {
      await queries.invalidateQueries({ queryKey: ["budgets"] });
      notifications.show(say(output));
      onDone(output);
    },
    // What was refused may have been done by somebody else meanwhile.
    onError: () => queries.invalidateQueries({ queryKey: ["budgets"] }),
  });
}

/** Changes a budget's limit, mode or thresholds. */
export function useChangeBudget(budget: ForecastBudget, onDone: () => void) {
  return useDeed(
    (change: BudgetChange) =>
      sendJson("PATCH", `/api/v1/budgets/${encodeURIComponent(budget.id)}`, change, forecastBudgetSchema),
    (changed) => ({
      title: "Changed",
      message:
        changed.holds.count === 0
          ? `The ${changed.name} holds nothing.`
          : `The ${changed.name} still holds ${changed.holds.count}.`,
    }),
    onDone,
  );
}

/** Lets held steps go on; `key` is the same for a request that is sent again. */
export function useReleaseBudget(budget: ForecastBudget, key: string, onDone: () => void) {
  return useDeed(
    (release: Release) =>
      sendJson("POST", `/api/v1/budgets/${encodeURIComponent(budget.id)}/release`, release, released, {
        "idempotency-key": key,
      }),
    (result) => ({ title: "Released", message: releaseText(result) }),
    onDone,
  );
}

/** Takes a budget away. */
export function useRemoveBudget(budget: ForecastBudget, onDone: () => void) {
  return useDeed(
    (reason: string) => {
      const query = reason === "" ? "" : `?${new URLSearchParams({ reason })}`;
      return sendJson("DELETE", `/api/v1/budgets/${encodeURIComponent(budget.id)}${query}`, {}, z.unknown());
    },
    () => ({ title: "Removed", message: `The ${budget.name} counts no more.` }),
    onDone,
  );
}

/** Makes a budget; `onDone` learns which. */
export function useCreateBudget(key: string, onDone: (budget: ForecastBudget) => void) {
  return useDeed(
    (budget: NewBudget) =>
      sendJson("POST", "/api/v1/budgets", budget, forecastBudgetSchema, { "idempotency-key": key }),
    (made) => ({ title: "Made", message: `The ${made.name} counts from now on.` }),
    onDone,
  );
}

/** A reason as it is sent: left out where there is none. */
export function reasonOf(typed: string): { reason?: string } {
  return typed.trim() === "" ? {} : { reason: typed.trim() };
}
