import type { MessageSpec } from "../entities.ts";
import { refusal } from "../refusal.ts";
import { parseDurationMs } from "./duration.ts";

/** What the database can count to. */
const greatestLimit = 2 ** 31 - 1;

/**
 * Reads `Upstash-Flow-Control-Key` and `-Value`, such as `parallelism=3, rate=5, period=1m`.
 * @throws refusal 400 without a limit, or with one that is no number
 */
export function parseFlowControl(headers: Headers): MessageSpec["flow"] {
  const key = headers.get("Upstash-Flow-Control-Key");
  const value = headers.get("Upstash-Flow-Control-Value");
  if (key === null && value === null) return undefined;
  if (!key || !value) {
    throw refusal(400, "Upstash-Flow-Control-Key and Upstash-Flow-Control-Value must be given together");
  }
  const fields = readFields(value);
  const parallelism = readLimit("parallelism", fields.get("parallelism"));
  const rate = readLimit("rate", fields.get("rate"));
  if (parallelism === undefined && rate === undefined) {
    throw refusal(400, `invalid flow control value "${value}": it has neither parallelism nor rate`);
  }
  return { key, parallelism, rate, periodSec: readPeriodSec(fields.get("period")) };
}

function readFields(value: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const part of value.split(",")) {
    const [, name = "", text = ""] = /^\s*(\w*)\s*=\s*(.*?)\s*$/.exec(part) ?? [];
    if (!["parallelism", "rate", "period"].includes(name)) {
      throw refusal(400, `invalid flow control value "${value}": "${part.trim()}" is not known`);
    }
    if (fields.has(name)) {
      throw refusal(400, `invalid flow control value "${value}": ${name} is given twice`);
    }
    fields.set(name, text);
  }
  return fields;
}

/** A limit of a flow-control key. @throws refusal 400 unless it is a whole number from 1 */
export function readLimit(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^[1-9]\d*$/.test(text) && Number(text) <= greatestLimit) return Number(text);
  throw refusal(400, `invalid flow control ${name} "${text}": it must be a whole number from 1`);
}

/** A period of a rate in s, 1 when it is not given. @throws refusal 400 below 1 s */
export function readPeriodSec(text: string | undefined): number {
  if (text === undefined) return 1;
  const durationMs = parseDurationMs(/^\d+$/.test(text) ? `${text}s` : text) ?? 0;
  if (durationMs >= 1000) return durationMs / 1000;
  throw refusal(400, `invalid flow control period "${text}": it must be a duration from 1s`);
}
