import { dashboards } from "../all.ts";
import { toGrafana } from "./to-grafana.ts";

/** The files that `npm run dashboards` writes: their names, and what they must contain. */
export function grafanaFiles(): { readonly name: string; readonly content: string }[] {
  return dashboards.map((dashboard) => ({
    name: `${dashboard.id}.json`,
    content: `${JSON.stringify(toGrafana(dashboard), null, 2)}\n`,
  }));
}
