import { expect, it } from "vitest";
import { perThousand } from "./dearest-files.model.ts";

it("says what a thousand pages of a file cost, and nothing of a file without pages", () => {
  expect(perThousand({ pages: 4, nanoUsd: "100" })).toBe(25_000n);
  expect(perThousand({ pages: 0, nanoUsd: "100" })).toBeNull();
  expect(perThousand({ pages: null, nanoUsd: "100" })).toBeNull();
});
