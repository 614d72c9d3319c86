import { expect, it } from "vitest";
import { sampleHeldStep } from "../../../../tests/support/console/sample-budget.ts";
import { heldFiles, releaseText } from "./release.model.ts";

it("puts the steps of a file together, in the order in which they go on", () => {
  const files = heldFiles([
    sampleHeldStep({ stepId: "s1", fileId: "b", fileName: "b.pdf", neededNanoUsd: "100" }),
    sampleHeldStep({ stepId: "s2", fileId: "a", fileName: "a.pdf" }),
    sampleHeldStep({ stepId: "s3", fileId: "b", fileName: "b.pdf", neededNanoUsd: "50" }),
  ]);
  expect(files.map(({ fileName, steps, neededNanoUsd }) => [fileName, steps, neededNanoUsd])).toEqual([
    ["b.pdf", ["s1", "s3"], 150n],
    ["a.pdf", ["s2"], 310_000n],
  ]);
});

it.each([
  [{ asked: 3, released: 3, held: 0 }, "3 steps go on; nothing is held any more."],
  [{ asked: 3, released: 1, held: 2 }, "1 step goes on; 2 held."],
  [{ asked: 3, released: 0, held: 1200 }, "None could go on yet; 1,200 held."],
])("says what became of a release: %#", (result, text) => {
  expect(releaseText(result)).toBe(text);
});
