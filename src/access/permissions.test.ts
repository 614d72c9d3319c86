import { expect, test } from "vitest";
import { roleFor, roleSentence, suffices } from "./permissions.ts";

test("each role may do what those before it may", () => {
  expect(suffices("viewer", "operator")).toBe(false);
  expect(suffices("operator", "operator")).toBe(true);
  expect(suffices("admin", "viewer")).toBe(true);
});

test("a route is known by its method and its path as the document writes it", () => {
  expect(roleFor("GET /api/v1/files/{id}")).toBe("viewer");
  expect(roleFor("PUT /api/v1/files/{id}")).toBeUndefined();
  expect(roleFor("toString")).toBeUndefined();
});

test("a refusal says who can, and who one is", () => {
  expect(roleSentence("viewer", "admin")).toBe("Admins can do this; you are a viewer.");
  expect(roleSentence("operator", "admin")).toBe("Admins can do this; you are an operator.");
});
