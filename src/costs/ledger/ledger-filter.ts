import { and, type SQL, sql } from "drizzle-orm";
import type { WasteKind } from "../../db/waste-kinds.ts";
import { oneOf } from "./slices.ts";

/** Which entries; what is left out does not matter. */
export interface LedgerFilter {
  /** Null for what belongs to no project. */
  readonly projectId?: string | null | undefined;
  readonly fileId?: string | undefined;
  readonly runId?: string | undefined;
  readonly attemptId?: string | undefined;
  readonly steps?: readonly string[] | undefined;
  readonly meters?: readonly string[] | undefined;
  readonly providers?: readonly string[] | undefined;
  readonly models?: readonly string[] | undefined;
  /** What was spent for nothing, for one of these reasons. */
  readonly waste?: readonly WasteKind[] | undefined;
  /** What was not. */
  readonly useful?: true | undefined;
  /** Alone those that stand at an estimate, that adjust others, that no reservation had covered. */
  readonly estimated?: true | undefined;
  readonly adjusting?: true | undefined;
  readonly unreserved?: true | undefined;
  /** From this time on. */
  readonly from?: Date | undefined;
  /** Before this time. */
  readonly to?: Date | undefined;
}

/** The filter as a condition on the columns of `ledger`, its waste aside. */
export function ledgerCondition(filter: LedgerFilter): SQL | undefined {
  const { projectId, fileId, runId, attemptId, from, to } = filter;
  return and(
    sumsCondition(filter),
    projectId === undefined ? undefined : isProject(projectId),
    fileId === undefined ? undefined : sql`file_id = ${fileId}`,
    runId === undefined ? undefined : sql`run_id = ${runId}`,
    attemptId === undefined ? undefined : sql`attempt_id = ${attemptId}`,
    // In these words, as they stand in the indexes of these few entries.
    filter.useful && sql`not exists (select from wasted_entries useless where useless.entry_id = ledger.id)`,
    filter.estimated && sql`estimated`,
    filter.adjusting && sql`adjusts is not null`,
    filter.unreserved && sql`unreserved_nano_usd > 0`,
    from && sql`at >= ${from.toISOString()}::timestamptz`,
    to && sql`at < ${to.toISOString()}::timestamptz`,
  );
}

/** The part of the filter that asks for what sums are kept by as well, project and waste aside. */
export function sumsCondition(filter: LedgerFilter): SQL | undefined {
  return and(
    oneOf(sql`step`, filter.steps),
    oneOf(sql`meter`, filter.meters),
    oneOf(sql`provider`, filter.providers),
    oneOf(sql`model`, filter.models),
  );
}

/** A condition on a column that names a project, or none. */
export function isProject(projectId: string | null, column: SQL = sql`project_id`): SQL {
  return projectId === null ? sql`${column} is null` : sql`${column} = ${projectId}`;
}

/** Whether the sums by time can answer for the filter. */
export function hasSums(filter: LedgerFilter): boolean {
  const { fileId, runId, attemptId, estimated, adjusting, unreserved } = filter;
  return [fileId, runId, attemptId, estimated, adjusting, unreserved].every((asked) => asked === undefined);
}
