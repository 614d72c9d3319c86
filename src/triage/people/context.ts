import type { CallerContext } from "../../access/context.ts";

/** What it takes to change who may do what. */
export type PeopleContext = Pick<CallerContext, "db" | "clock" | "env" | "callers">;
