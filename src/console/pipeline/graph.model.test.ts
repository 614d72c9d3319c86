import { describe, expect, it } from "vitest";
import { currentGraph } from "../../pipeline/graph.ts";
import { graphStepSchema } from "../../triage/graph-versions/graph-version-view.ts";
import { countDiffering, diffGraphs, fanOutText, graphAlone, needsText } from "./graph-diff.model.ts";
import { box, layOut, neighbour } from "./graph-layout.model.ts";

const steps = currentGraph.steps.map((step) => graphStepSchema.parse(step));
const recognize = {
  ...{ name: "recognize", needs: [{ step: "inspect", shards: "all" as const }], plannedBy: "inspect" },
  ...{ fanOut: "page range", maxAttempts: 3, timeLimitMs: 300_000, meters: ["sandbox.ms"] },
};

describe("two versions", () => {
  it("that are the same differ in nothing", () => {
    expect(countDiffering(diffGraphs(steps, steps))).toBe(0);
    expect(graphAlone(steps).edges.every(({ kind }) => kind === "same")).toBe(true);
  });

  it("show a step that is new with what it needs, and one that is gone with what needed it", () => {
    const added = diffGraphs(steps, [...steps, recognize]);
    expect(added.steps.find(({ step }) => step.name === "recognize")?.kind).toBe("added");
    expect(added.edges.filter(({ kind }) => kind === "added")).toEqual([
      { from: "inspect", to: "recognize", sameShard: false, kind: "added" },
    ]);
    const removed = diffGraphs([...steps, recognize], steps);
    expect(removed.steps.at(-1)).toMatchObject({ kind: "removed", step: { name: "recognize" } });
    expect(removed.edges.at(-1)).toMatchObject({ kind: "removed", to: "recognize" });
    expect([countDiffering(added), countDiffering(removed)]).toEqual([1, 1]);
  });

  it("show what changed of a step: its needs, fan-out, tries, time limit and meters, before and after", () => {
    const later = steps.map((step) =>
      step.name === "embed"
        ? {
            ...step,
            needs: [{ step: "chunk", shards: "same-shard" as const }],
            fanOut: "chunk",
            maxAttempts: 8,
            timeLimitMs: 240_000,
            meters: [...step.meters].reverse(),
          }
        : step,
    );
    const { steps: drawn, edges } = diffGraphs(steps, later);
    expect(drawn.filter(({ kind }) => kind === "changed").map(({ changes }) => changes)).toEqual([
      [
        { what: "Needs", before: "all of chunk", after: "the same shard of chunk" },
        { what: "Fan-out", before: "each batch, planned by chunk", after: "each chunk, planned by chunk" },
        { what: "Tries", before: "6", after: "8" },
        { what: "Time limit", before: "2 min 00 s", after: "4 min 00 s" },
      ],
    ]);
    expect(edges.filter(({ to }) => to === "embed").map(({ kind }) => kind)).toEqual(["added", "removed"]);
  });

  it("say in words what a step needs and how often it is there", () => {
    expect(needsText({ needs: [] })).toBe("nothing: the run begins with it");
    expect(fanOutText({ fanOut: "once", plannedBy: null })).toBe("once");
  });
});

describe("the drawing", () => {
  it.each(["across", "down"] as const)(
    "goes %s: what a step needs stands before it, and no boxes overlap",
    (way) => {
      const drawn = diffGraphs(steps, [...steps, recognize]);
      const { boxes, edges, width, height } = layOut(drawn, way);
      const placeOf = new Map(boxes.map((each) => [each.name, each]));
      const axis = way === "across" ? "x" : "y";
      for (const { from, to } of edges)
        expect(placeOf.get(from)?.[axis]).toBeLessThan(placeOf.get(to)?.[axis] ?? 0);
      for (const one of boxes) {
        expect(one.x >= 0 && one.x + box.width <= width && one.y >= 0 && one.y + box.height <= height).toBe(
          true,
        );
        for (const other of boxes)
          if (one !== other)
            expect(Math.abs(one.x - other.x) >= box.width || Math.abs(one.y - other.y) >= box.height).toBe(
              true,
            );
      }
      expect(edges.every(({ path }) => path.startsWith("M"))).toBe(true);
    },
  );

  it("fits a narrow screen when it goes down", () => {
    expect(layOut(graphAlone(steps), "down").width).toBeLessThanOrEqual(320);
  });

  it("is walked by arrow keys, and ends at its ends", () => {
    const across = layOut(graphAlone(steps), "across");
    expect(neighbour(across, "inspect", "ArrowRight")).toBe("extract");
    expect(neighbour(across, "extract", "ArrowLeft")).toBe("inspect");
    expect(neighbour(across, "inspect", "ArrowLeft")).toBeNull();
    expect(neighbour(across, "inspect", "ArrowDown")).toBeNull();
    expect(neighbour(layOut(graphAlone(steps), "down"), "inspect", "ArrowDown")).toBe("extract");
    expect(neighbour(across, "nothing", "ArrowDown")).toBeNull();
  });
});
