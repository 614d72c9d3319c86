import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { dashboards } from "../../../dashboards/all.ts";
import { grafanaFiles } from "../../../dashboards/grafana/grafana-files.ts";
import { places } from "../../../dashboards/sql.ts";
import { wasteKinds } from "../../../src/db/waste-kinds.ts";
import { attr, meters } from "../../../src/telemetry/names.ts";

const root = join(import.meta.dirname, "../../..");
const folder = join(root, "dashboards");
const panels = dashboards.flatMap((dashboard) =>
  dashboard.panels.map((panel) => ({ name: `${dashboard.id}/${panel.id}`, panel })),
);

describe("the dashboards", () => {
  it("are those of ingestion, failures, queue, costs and providers, each with ids of its own", () => {
    expect(dashboards.map(({ id }) => id)).toEqual(["ingestion", "failures", "queue", "costs", "providers"]);
    expect(new Set(panels.map(({ name }) => name)).size).toBe(panels.length);
    for (const { name } of panels) expect(name).toMatch(/^[a-z]+\/[a-z-]+$/);
  });

  it("write no name of telemetry themselves: all come from telemetry/names.ts", () => {
    const names = new Set<string>([...Object.values(meters), ...Object.values(attr)]);
    for (const file of readdirSync(folder).filter((each) => each.endsWith(".ts"))) {
      const text = readFileSync(join(folder, file), "utf8");
      const written = [...text.matchAll(/["'`]([a-z_]+(?:\.[a-z_]+)+)["'`]/g)].map(([, name = ""]) => name);
      expect(
        written.filter((name) => names.has(name)),
        file,
      ).toEqual([]);
    }
  });

  it("ask for meters and kinds of waste that exist", () => {
    const known = { meter: new Set<string>(Object.values(meters)), waste: new Set<string>(wasteKinds) };
    for (const { name, panel } of panels) {
      for (const [, column, list = ""] of panel.sql.matchAll(
        /\b(meter|waste) (?:=|in) \(?((?:'[^']+'(?:, )?)+)/g,
      )) {
        for (const [, value = ""] of list.matchAll(/'([^']+)'/g)) {
          expect(known[column === "meter" ? "meter" : "waste"], `${name}: ${value}`).toContain(value);
        }
      }
    }
  });

  it.each(panels)("$name has only places that every reader fills, and thresholds that rise", ({ panel }) => {
    const known = new Set<string>(Object.values(places));
    expect([...panel.sql.matchAll(/\{\{[^}]*\}\}/g)].filter(([place]) => !known.has(place))).toEqual([]);
    expect(panel.sql.includes(places.width)).toBe(panel.kind !== "now");
    const values = (panel.thresholds ?? []).map(({ value }) => value);
    expect(values).toEqual(values.toSorted((a, b) => a - b));
  });

  it("are written for Grafana as they are now (npm run dashboards)", () => {
    const written = readdirSync(join(folder, "grafana")).filter((name) => name.endsWith(".json"));
    expect(written.toSorted()).toEqual(
      grafanaFiles()
        .map(({ name }) => name)
        .toSorted(),
    );
    for (const { name, content } of grafanaFiles()) {
      expect(readFileSync(join(folder, "grafana", name), "utf8"), name).toBe(content);
    }
  });
});
