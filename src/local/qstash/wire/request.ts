import type { Context } from "hono";
import type { Options } from "../options.ts";
import { refusal } from "../refusal.ts";

/** The query of a request, repeated names kept. */
export function queryOf(c: Context): URLSearchParams {
  return new URL(c.req.url).searchParams;
}

/** The whole body. @throws refusal 412 beyond the limit */
export async function bodyOf(c: Context, options: Options): Promise<Buffer> {
  const body = Buffer.from(await c.req.arrayBuffer());
  checkBodySize(body, options);
  return body;
}

/** @throws refusal 412 beyond the limit */
export function checkBodySize(body: Buffer, options: Options): void {
  if (body.length <= options.maxBodyBytes) return;
  throw refusal(
    412,
    `exceeded the maximum message size: the body has ${body.length} bytes, ${options.maxBodyBytes} are allowed`,
  );
}

/** @throws refusal 400 unless the name of a queue, schedule or group has only letters, digits, `-`, `_`, `.` */
export function checkName(name: string, what: string): string {
  if (/^[A-Za-z0-9._-]+$/.test(name)) return name;
  throw refusal(
    400,
    `invalid ${what} "${name}": only letters, digits, hyphen, underscore and period may be used`,
  );
}
