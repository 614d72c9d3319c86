import { type Context, Hono } from "hono";
import type { Log } from "../../kernel/log.ts";
import type { Command, CommandInput } from "./commands/command.ts";
import { deleteNamespace, info, listNamespaces, renameNamespace, reset } from "./commands/namespaces.ts";
import { query, queryData } from "./commands/query.ts";
import { fetchRecords, random, range, remove } from "./commands/records.ts";
import {
  resumableQuery,
  resumableQueryData,
  resumableQueryEnd,
  resumableQueryNext,
} from "./commands/resumable.ts";
import { update, upsert, upsertData } from "./commands/upsert.ts";
import { defaultIndexName } from "./index-settings.ts";
import type { OpenIndex } from "./open-index.ts";
import { isStorable, notStorable } from "./storable-text.ts";
import { notSpoken, VectorError } from "./vector-error.ts";

/** Where the indexes beside the default one answer: `<base>/<name>/<command>`. */
export const indexesPath = "/indexes";

const commands: Readonly<Record<string, Command>> = {
  upsert,
  "upsert-data": upsertData,
  update,
  query,
  "query-data": queryData,
  "resumable-query": resumableQuery,
  "resumable-query-data": resumableQueryData,
  "resumable-query-next": resumableQueryNext,
  "resumable-query-end": resumableQueryEnd,
  fetch: fetchRecords,
  range,
  random,
  delete: remove,
  info,
  reset,
  "list-namespaces": listNamespaces,
  "delete-namespace": deleteNamespace,
  "rename-namespace": renameNamespace,
};

/**
 * The commands at `/<command>[/<namespace>]` of the default index, and at `/indexes/<name>/<command>` of each,
 * with any method. Every answer, errors too, is JSON.
 */
export function vectorRoutes(options: {
  readonly indexes: ReadonlyMap<string, OpenIndex>;
  readonly count: CommandInput["count"];
  readonly log: Log;
}): Hono {
  const { indexes, count, log } = options;
  const app = new Hono();
  const perform = async (context: Context, indexName: string, name: string, namespace = "") => {
    const index = indexes.get(indexName);
    if (!index) throw new VectorError(404, `There is no index ${JSON.stringify(indexName)}`);
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (!command) throw notSpoken(`the command ${JSON.stringify(name)}`);
    if (!isStorable(namespace)) throw new VectorError(422, `The name of a namespace ${notStorable}`);
    const all = context.req.query("all") !== undefined;
    const body = await readBody(context);
    return context.json({ result: await command({ index, namespace, all, count, body }) });
  };
  app.onError((error, context) => refuse(context, error, log));
  app.all(`${indexesPath}/:index/:command/:namespace{.*}?`, (context) => {
    const { index, command, namespace } = context.req.param();
    return perform(context, index ?? "", command ?? "", namespace);
  });
  app.all("/:command/:namespace{.*}?", (context) => {
    const { command, namespace } = context.req.param();
    return perform(context, defaultIndexName, command ?? "", namespace);
  });
  app.all("*", () => {
    throw new VectorError(404, "There is no command in the address.");
  });
  return app;
}

/** @throws VectorError 422 when there is a body that is not JSON */
async function readBody(context: Context): Promise<unknown> {
  const text = await context.req.text();
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new VectorError(422, "Invalid request body: it is not JSON");
  }
}

function refuse(context: Context, error: Error, log: Log): Response {
  if (error instanceof VectorError) {
    return context.json({ error: error.message, status: error.status }, error.status);
  }
  log.error(error, "the vector stand-in failed");
  return context.json({ error: "Internal error of the local stand-in.", status: 500 }, 500);
}
