import { and, eq, gte, lte, type SQL, sql } from "drizzle-orm";
import { failureGroupFiles, failures } from "../../db/schema/failures.ts";
import { files } from "../../db/schema/files.ts";
import { projects } from "../../db/schema/projects.ts";
import { runs } from "../../db/schema/runs.ts";
import { WaybillError } from "../../kernel/errors.ts";
import { rangeOf, type Trait } from "./file-traits.ts";

/**
 * That a file of a failure group has a trait, for a query of `failure_group_files` joined with files and projects.
 * @throws WaybillError malformed_request for a value that the attribute cannot have
 */
export function traitCondition({ attribute, value }: Trait): SQL | undefined {
  switch (attribute) {
    case "type":
      return eq(files.mediaType, value);
    case "project":
      return eq(projects.slug, value);
    case "size":
    case "pages": {
      const range = rangeOf(attribute, value);
      if (range === undefined) throw noSuchValue(attribute);
      const column = attribute === "size" ? files.bytes : files.pages;
      return and(gte(column, range.from), range.upTo === null ? undefined : lte(column, range.upTo));
    }
    case "graph":
      if (!/^\d{1,9}$/.test(value)) throw noSuchValue(attribute);
      return sql`${ofLastFailure(sql`${failures.graphVersion}`)} = ${Number(value)}::integer`;
    case "model":
      return sql`${ofLastFailure(sql`(select ${runs.settings} ->> 'embeddingModel' from ${runs}
        where ${runs.id} = ${failures.runId})`)} = ${value}`;
  }
}

/**
 * A value of the group's failure that happened to the file last. As a value and not by "exists", which Postgres would
 * make a join of all of the group's failures: so the newest files that have it are found without looking at the rest.
 */
function ofLastFailure(value: SQL): SQL {
  const { fileId, groupId, lastFailedAt } = failureGroupFiles;
  return sql`(select ${value} from ${failures} where ${failures.fileId} = ${fileId}
    and ${failures.at} = ${lastFailedAt} and ${failures.groupId} = ${groupId} limit 1)`;
}

function noSuchValue(attribute: string): WaybillError {
  return new WaybillError("malformed_request", {
    message: `No file can have this ${attribute}. The group's comparison names the values that there are.`,
    details: { value: attribute },
  });
}
