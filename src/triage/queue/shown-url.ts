import type { Env } from "../../kernel/env.ts";

/** An address as everybody may see it: our own routes in full, of others whose it is; the rest may be a secret. */
export function shownUrl(url: string, { WAYBILL_URL }: Pick<Env, "WAYBILL_URL">): string {
  if (url.startsWith(`${WAYBILL_URL}/`) || !URL.canParse(url)) return url;
  const { origin, pathname, search } = new URL(url);
  return pathname === "/" && search === "" ? origin : `${origin}/…`;
}
