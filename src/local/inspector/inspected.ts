/** The stand-ins that answer by HTTP. */
export const serviceNames = ["qstash", "vector", "gateway", "blob"] as const;
/** One of them. */
export type ServiceName = (typeof serviceNames)[number];

/** A stand-in, as the inspector reaches it. */
export interface InspectedService {
  readonly name: ServiceName;
  /** What a person calls it. */
  readonly title: string;
  /** The address that clients are given. */
  readonly address: string;
  /** Where it is served, without a path. */
  readonly url: string;
  /** When it began to answer; undefined before that. */
  since(): Date | undefined;
}

/** An index of Vector, as its client reaches it. */
export interface InspectedIndex {
  readonly name: string;
  readonly url: string;
  readonly token: string;
}

/** The stack that is inspected. */
export interface InspectedStack {
  readonly services: readonly InspectedService[];
  /** Host and port of Postgres. */
  readonly postgresAddress: string;
  /** Where the application is, or is expected. */
  readonly applicationUrl: string;
  readonly qstashToken: string;
  readonly indexes: readonly InspectedIndex[];
}
