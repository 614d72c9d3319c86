/**
 * The kit: what every stand-in of the local stack is made of. It owns how a stand-in is served, counted,
 * guarded, migrated and disturbed; it knows no service, and imports src/kernel alone.
 *
 * A stand-in is a folder of one shape: `entities.ts` (its data), `store.ts` or `store/` (its tables and
 * statements), `routes.ts` or `routes/` (its wire), `create-<service>.ts` (the factory) and `README.md`
 * (what it speaks, by which document, and what not).
 */
import type { Hono } from "hono";
import type { ServerBindings } from "./listen.ts";

/** A stand-in, ready to be served by `listen`. */
export interface LocalService {
  readonly name: string;
  readonly app: Hono<ServerBindings>;
  /** Prepares the state and begins background work. Call it before the app is served. */
  start(): Promise<void>;
  /** Ends background work in order; what is under way is finished or left to the next start. */
  stop(): Promise<void>;
}
