import { expect, test } from "vitest";
import { routeBySplits } from "./route-by-splits.ts";

const splits = [
  { id: 1, parentId: null, contains: "tunnel", groupId: "tunnels" },
  { id: 2, parentId: null, contains: "bridge", groupId: "bridges" },
  { id: 3, parentId: 1, contains: "rail", groupId: "rail-tunnels" },
];

test.each([
  ["The road is closed.", "all"],
  ["The bridge is closed.", "bridges"],
  ["The tunnel is closed.", "tunnels"],
  ["The tunnel under the bridge is closed.", "tunnels"],
  ["The rail tunnel is closed.", "rail-tunnels"],
  ["The rail bridge is closed.", "bridges"],
  ["The Tunnel is closed.", "all"],
])("%s belongs to %s", (message, groupId) => {
  expect(routeBySplits("all", splits, message)).toBe(groupId);
});
