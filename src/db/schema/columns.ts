import { bigint, timestamp } from "drizzle-orm/pg-core";

/** A point in time, kept in UTC to the millisecond. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: "date" });

/** An amount of money in nano-USD (10⁻⁹ $). */
export const nanoUsd = (name: string) => bigint(name, { mode: "bigint" });

/** A count of bytes, tokens or the like that fits a JavaScript number. */
export const quantity = (name: string) => bigint(name, { mode: "number" });
