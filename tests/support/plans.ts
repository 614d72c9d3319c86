import type { Pool } from "@neondatabase/serverless";
import { drizzle } from "drizzle-orm/neon-serverless";
import type { Db } from "../../src/db/client.ts";

/** A node of a plan, as Postgres tells it. */
export interface PlanNode {
  readonly "Node Type": string;
  readonly "Relation Name"?: string;
  readonly "Index Name"?: string;
  readonly "Actual Rows": number;
  readonly "Actual Loops": number;
  readonly "Rows Removed by Filter"?: number;
  readonly Plans?: readonly PlanNode[];
}

/** The plans, as run, of every statement that `work` sends. */
export async function plansOf(pool: Pool, work: (db: Db) => Promise<unknown>): Promise<PlanNode[]> {
  const statements: { text: string; values: unknown[] }[] = [];
  const logger = {
    logQuery(text: string, values: unknown[]) {
      statements.push({ text, values });
    },
  };
  await work(drizzle({ client: pool, logger }));
  const nodes: PlanNode[] = [];
  for (const { text, values } of statements) {
    const { rows } = await pool.query(`explain (analyze, format json) ${text}`, values);
    const plans: { Plan: PlanNode }[] = rows[0]["QUERY PLAN"];
    nodes.push(...plans.flatMap(({ Plan }) => flatten(Plan)));
  }
  return nodes;
}

function flatten(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(flatten)];
}

/** How many rows of a large table were touched; a scan of a whole table touches all. */
export function rowsTouched(nodes: readonly PlanNode[]): number {
  return nodes
    .filter((node) => node["Index Name"] !== undefined || node["Relation Name"] !== undefined)
    .reduce(
      (sum, node) =>
        sum + (node["Actual Rows"] + (node["Rows Removed by Filter"] ?? 0)) * node["Actual Loops"],
      0,
    );
}

/** The tables that were read, with those whose index was. */
export function relationsOf(nodes: readonly PlanNode[]): string[] {
  return [...new Set(nodes.flatMap((node) => node["Relation Name"] ?? []))].sort();
}

/** The indexes that were read. */
export function indexesOf(nodes: readonly PlanNode[]): string[] {
  return nodes.flatMap((node) => node["Index Name"] ?? []);
}
