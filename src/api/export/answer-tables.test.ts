import { expect, test } from "vitest";
import {
  sampleAttempt,
  sampleFile,
  sampleRun,
  sampleStep,
} from "../../../tests/support/console/sample-views.ts";
import { tableAt } from "./answer-tables.ts";

test("a table is found by the route and by a path that it answers, and by no other", () => {
  expect(tableAt("/api/v1/files/{id}")?.name).toBe("attempts");
  expect(tableAt("/api/v1/files/file_1")?.name).toBe("attempts");
  expect(tableAt("/api/v1/files")).toBeUndefined();
  expect(tableAt("/api/v1/files/file_1/chunks")).toBeUndefined();
});

test("a file's table has the attempts of all its runs, the newest run first", () => {
  const runOf = (number: number, ids: readonly string[]) =>
    sampleRun({ number, steps: [sampleStep({ attempts: ids.map((id) => sampleAttempt({ id })) })] });
  const rows = tableAt("/api/v1/files/file_1")?.rowsOf(
    sampleFile({ runHistory: [runOf(2, ["c"]), runOf(1, ["a", "b"])] }),
  );
  expect(rows).toMatchObject([
    { run: 2, id: "c" },
    { run: 1, id: "a" },
    { run: 1, id: "b" },
  ]);
});
