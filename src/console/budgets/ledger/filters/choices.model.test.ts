import { expect, it } from "vitest";
import { choicesOf } from "./choices.model.ts";
import { everyEntry } from "./ledger-filters.ts";

it("offers what the product knows, what is in the price book and on the page, and what is chosen, each once", () => {
  const choices = choicesOf({
    filters: { ...everyEntry, step: ["embed", "sweep"], waste: ["any"] },
    entries: [{ step: "retention", meter: "qstash.messages", provider: "upstash", model: "*" }],
    prices: [
      { meter: "embedding.tokens", provider: "openai", model: "openai/small" },
      { meter: "coffee.cups", provider: "baker", model: "*" },
    ],
  });
  expect(choices.step).toEqual([
    ...["inspect", "extract", "chunk", "embed", "index", "finalize"],
    ...["upload", "picture", "search", "tick", "alert", "retention", "sweep"],
  ]);
  expect(choices.meter).toContain("coffee.cups");
  expect(choices.provider).toEqual(["baker", "openai", "upstash"]);
  expect(choices.model).toEqual(["*", "openai/small"]);
  expect(choices.waste.slice(0, 3)).toEqual(["any", "none", "failed-attempt"]);
});
