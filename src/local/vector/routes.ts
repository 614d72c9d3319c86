import { type Context, Hono } from "hono";
import { z } from "zod";
import type { Log } from "../../kernel/log.ts";
import { type Command, type CommandInput, parseBody } from "./commands/command.ts";
import { fetchRecords, info, listNamespaces, query, range } from "./commands/read.ts";
import { deleteNamespace, remove, reset, update, upsert } from "./commands/write.ts";
import { notSpoken, VectorError } from "./vector-error.ts";

const commands: Readonly<Record<string, Command>> = {
  upsert,
  update,
  query,
  fetch: fetchRecords,
  range,
  delete: remove,
  info,
  reset,
  "list-namespaces": listNamespaces,
  "delete-namespace": deleteNamespace,
};

/** The commands at `/<command>[/<namespace>]`, with any method. Every answer, errors too, is JSON. */
export function vectorRoutes(
  options: Pick<CommandInput, "store" | "settings" | "count"> & { log: Log },
): Hono {
  const app = new Hono();
  app.onError((error, context) => refuse(context, error, options.log));
  app.all("/:command/:namespace{.+}?", async (context) => {
    const name = context.req.param("command");
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (!command) throw notSpoken(`the command ${JSON.stringify(name)}`);
    const result = await command({
      store: options.store,
      settings: options.settings,
      count: options.count,
      namespace: context.req.param("namespace") ?? "",
      all: context.req.query("all") !== undefined,
      body: await readBody(context),
    });
    return context.json({ result });
  });
  app.notFound((context) =>
    refuse(context, new VectorError(404, "There is no command in the address."), options.log),
  );
  return app;
}

async function readBody(context: Context): Promise<unknown> {
  const text = await context.req.text();
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return parseBody(z.never("the body is not JSON"), text);
  }
}

function refuse(context: Context, error: Error, log: Log): Response {
  if (error instanceof VectorError) {
    return context.json({ error: error.message, status: error.status }, error.status);
  }
  log.error(error, "the vector stand-in failed");
  return context.json({ error: "Internal error of the local stand-in.", status: 500 }, 500);
}
