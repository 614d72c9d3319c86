import type { Pool, PoolClient } from "pg";
import type { MessageSpec } from "../entities.ts";
import { listUrlGroups } from "./url-groups.ts";

/** Where one message goes, as a part of its spec. */
export type Destination = Pick<MessageSpec, "url" | "topicName" | "endpointName">;

/** Whether a destination is a URL; anything else is the name of a URL group. */
export function isUrl(destination: string): boolean {
  return destination.includes("://");
}

/** A URL as it is, or each endpoint of a URL group; undefined when there is no such group. */
export async function resolveDestination(
  client: Pool | PoolClient,
  destination: string,
): Promise<Destination[] | undefined> {
  if (isUrl(destination)) return [{ url: destination }];
  const [group] = await listUrlGroups(client, destination);
  return group?.endpoints.map(({ url, name }) => ({ url, topicName: group.name, endpointName: name }));
}
