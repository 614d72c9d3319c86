import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { authenticate } from "../../access/authenticate.ts";
import type { Caller } from "../../access/principal.ts";
import { WaybillError } from "../../kernel/errors.ts";
import { getRuntime } from "../../runtime.ts";

/** The parameters of a page, as Next hands them over. */
export type PageQuery = Promise<Readonly<Record<string, string | string[] | undefined>>>;

/** Who looks at a page; null for whoever is not signed in. */
export async function findCaller(): Promise<Caller | null> {
  try {
    return await authenticate(getRuntime(), { headers: await headers() });
  } catch (error) {
    if (!(error instanceof WaybillError) || error.code !== "unauthenticated") throw error;
    return null;
  }
}

/** Sends whoever is not signed in to the sign-in page, which leads back to `path` with its parameters. */
export async function requireSession(path: string, query: PageQuery): Promise<void> {
  if ((await findCaller()) === null)
    redirect(`/sign-in?next=${encodeURIComponent(path + (await queryText(query)))}`);
}

async function queryText(query: PageQuery): Promise<string> {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(await query)) {
    for (const each of value === undefined ? [] : [value].flat()) parameters.append(name, each);
  }
  return parameters.size === 0 ? "" : `?${parameters}`;
}
