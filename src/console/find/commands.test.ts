import { expect, it } from "vitest";
import { type Command, matchingCommands } from "./commands.ts";

const command = (label: string, keywords = ""): Command => ({
  label,
  keywords,
  keys: null,
  run: () => undefined,
});
const commands = [
  command("Go to files", "list home"),
  command("Upload files", "add"),
  command("Show the keys"),
];
const labels = (typed: string) => matchingCommands(commands, typed).map(({ label }) => label);

it("offers every command while nothing is typed, and then those that have all the words", () => {
  expect(labels("")).toHaveLength(3);
  expect(labels("FILES")).toEqual(["Go to files", "Upload files"]);
  expect(labels("files add")).toEqual(["Upload files"]);
  expect(labels("file_0123")).toEqual([]);
});
