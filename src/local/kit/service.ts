import type { Hono } from "hono";

/**
 * The local stack: servers that speak the protocols of the real services. Imports the kernel only: if
 * server and client shared code, they would share the same misunderstanding. Each service is a folder of
 * one shape: entities, tables, store, routes, create-<service>.ts and a README with what it speaks.
 */
export interface LocalService {
  readonly name: string;
  /** Answers requests; served by `listen`. */
  readonly app: Hono;
  /** Makes its tables and takes up what it had left. */
  start(): Promise<void>;
  /** Ends its work in the background; what is under way may finish. */
  stop(): Promise<void>;
}
