/**
 * Writes the dashboards as Grafana imports them, into this folder.
 *
 *   npm run dashboards
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { grafanaFiles } from "./grafana-files.ts";

for (const { name, content } of grafanaFiles()) writeFileSync(join(import.meta.dirname, name), content);
