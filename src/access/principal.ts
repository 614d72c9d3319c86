import type { Role } from "../db/roles.ts";

/** Who sent a request: a person in a browser, or a program with an API key. */
export interface Principal {
  /** The id of the key, or of the person. */
  readonly keyId: string;
  /** The name of the key, or of the person. */
  readonly keyName: string;
  readonly via: "key" | "session";
}

/** Who sent a request, and what they may do. */
export interface Caller extends Principal {
  readonly role: Role;
  /** The session of a person. */
  readonly sessionId: string | null;
}
