import { readTruth } from "../../src/costs/truth/read-truth.ts";
import type { Truth, TruthLine } from "../../src/costs/truth/truth-view.ts";
import { wholeHours } from "../../src/costs/truth/whole-hours.ts";
import type { Stack } from "./stack.ts";

const hourMs = 3_600_000;

/** The span that a test's work lies in, by the clock of the stand-ins too, which a test moves ahead. */
export function spanOf(stack: Stack) {
  const from = new Date(stack.runtime.clock.now().getTime() - hourMs);
  return wholeHours({ from, to: new Date(stack.clock.now().getTime() + hourMs) });
}

/** The stack's ledger held against its stand-ins' meters. */
export function truthOf(stack: Stack): Promise<Truth> {
  return readTruth(stack.runtime, spanOf(stack));
}

/** The line of a meter, and of a model where it has one. */
export function lineOf(truth: Truth, meter: string, model?: string): TruthLine {
  const found = truth.lines.find(
    (line) => line.meter === meter && (model === undefined || line.model === model),
  );
  if (found === undefined) throw new Error(`no line for ${meter}`);
  return found;
}

/** What is told of each line that a provider meters, by its name. */
export function statesOf(truth: Truth): Record<string, string> {
  const asked = truth.lines.filter(({ metered }) => metered !== null);
  return Object.fromEntries(asked.map(({ meter, model, state }) => [`${meter} ${model}`, state]));
}

/** By how much the ledger has more than was metered, in the units of each line that a provider meters. */
export function differencesOf(truth: Truth): Record<string, string | undefined> {
  const asked = truth.lines.filter(({ metered }) => metered !== null);
  return Object.fromEntries(
    asked.map(({ meter, model, difference }) => [`${meter} ${model}`, difference?.quantity]),
  );
}
