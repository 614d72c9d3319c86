import { expect, test } from "vitest";
import { hostOf, ruleText } from "./rule-words.model.ts";

test("a rule says what it tells of, for how long it waits, and where it looks", () => {
  expect(ruleText({ kind: "stuck", minutes: 30, standing: null, project: "contracts" })).toBe(
    "steps that do not go on for longer than 30\u00a0min, in contracts",
  );
  expect(ruleText({ kind: "breaker", minutes: null, standing: null, project: null })).toBe(
    "a provider's breaker opening",
  );
  expect(ruleText({ kind: "large-failure", minutes: null, standing: 1_000, project: null })).toBe(
    "a failure of more than 1,000 files",
  );
});

test("of an address the host is shown alone", () => {
  expect(hostOf("https://hooks.example:8443/services/secret?x=1")).toBe("hooks.example:8443");
  expect(hostOf("nothing")).toBe("nothing");
});
