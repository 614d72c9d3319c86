import type { MessageSpec } from "../entities.ts";
import { refusal } from "../refusal.ts";
import { parseDurationMs } from "./duration.ts";

const weekSec = 7 * 86_400;

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
  const fields = new Map<string, string>();
  for (const part of value.split(",")) {
    const [name = "", text = ""] = part.split("=").map((piece) => piece.trim());
    if (!["parallelism", "rate", "period"].includes(name)) {
      throw refusal(400, `invalid flow control value "${value}": "${name}" is not known`);
    }
    fields.set(name, text);
  }
  const parallelism = readLimit(fields, "parallelism");
  const rate = readLimit(fields, "rate");
  if (parallelism === undefined && rate === undefined) {
    throw refusal(400, `invalid flow control value "${value}": it has neither parallelism nor rate`);
  }
  return { key, parallelism, rate, periodSec: readPeriodSec(fields.get("period")) };
}

function readLimit(fields: ReadonlyMap<string, string>, name: string): number | undefined {
  const text = fields.get(name);
  if (text === undefined) return undefined;
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw refusal(400, `invalid flow control ${name} "${text}": it must be a whole number from 1`);
}

/** A period of a rate in s, 1 when it is not given. @throws refusal 400 beyond 1 s to 1 week */
export function readPeriodSec(text: string | undefined): number {
  if (text === undefined) return 1;
  const durationMs = /^\d+$/.test(text) ? Number(text) * 1000 : parseDurationMs(text);
  const periodSec = (durationMs ?? 0) / 1000;
  if (periodSec >= 1 && periodSec <= weekSec) return periodSec;
  throw refusal(400, `invalid flow control period "${text}": it must be between 1s and 7d`);
}
