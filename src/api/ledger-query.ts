import { z } from "@hono/zod-openapi";
import type { LedgerFilter } from "../costs/ledger/ledger-filter.ts";
import type { DbContext } from "../db/context.ts";
import { type WasteKind, wasteKinds } from "../db/waste-kinds.ts";
import { findProject } from "../pipeline/projects/find-project.ts";
import { anyOf } from "./any-of.ts";

const name = z.string().min(1).max(200);
const flag = (description: string) => z.literal("true").optional().openapi({ description });

/** Which entries of the ledger; every parameter narrows it. */
export const ledgerQuery = z.object({
  project: name.optional().openapi({ description: "a project's slug; `-` for what belongs to none" }),
  file: name.optional(),
  run: name.optional(),
  attempt: name.optional(),
  step: anyOf(name, "a step of the pipeline, or what else was spent for: upload, search, storage, …"),
  meter: anyOf(name, "such as `embedding.tokens`"),
  provider: anyOf(name, "who is paid"),
  model: anyOf(name, "the model, or the class of operation"),
  waste: anyOf(z.enum([...wasteKinds, "any", "none"]), "spent for nothing, for this reason; or not"),
  estimated: flag("only what stands at an estimate"),
  adjusting: flag("only what corrects the price of another entry"),
  unreserved: flag("only what no reservation had covered, at least in part"),
  from: z.iso.datetime().optional().openapi({ description: "from this time on" }),
  to: z.iso.datetime().optional().openapi({ description: "before this time" }),
});

type LedgerQuery = z.output<typeof ledgerQuery>;

/** The filter that a query asks for. @throws WaybillError project_not_found */
export async function toLedgerFilter(ctx: Pick<DbContext, "db">, query: LedgerQuery): Promise<LedgerFilter> {
  const { waste, from, to } = query;
  return {
    projectId: await projectIdOf(ctx, query.project),
    fileId: query.file,
    runId: query.run,
    attemptId: query.attempt,
    steps: query.step,
    meters: query.meter,
    providers: query.provider,
    models: query.model,
    waste: kindsOf(waste),
    useful: waste?.includes("none") ? true : undefined,
    estimated: query.estimated && true,
    adjusting: query.adjusting && true,
    unreserved: query.unreserved && true,
    from: from === undefined ? undefined : new Date(from),
    to: to === undefined ? undefined : new Date(to),
  };
}

/** Undefined where nothing is asked of waste, or that there be none. */
function kindsOf(asked: LedgerQuery["waste"]): readonly WasteKind[] | undefined {
  if (asked === undefined || asked.includes("none")) return undefined;
  return asked.includes("any") ? wasteKinds : wasteKinds.filter((kind) => asked.includes(kind));
}

async function projectIdOf(ctx: Pick<DbContext, "db">, slug: string | undefined) {
  if (slug === undefined) return undefined;
  return slug === "-" ? null : (await findProject(ctx, slug)).id;
}
