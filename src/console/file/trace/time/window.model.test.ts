import { expect, test } from "vitest";
import { fitWindow, isWhole, panWindow, windowAround, zoomWindow } from "./window.model.ts";

test("zooming keeps the place under the pointer where it is", () => {
  const zoomed = zoomWindow({ from: 0, to: 1_000 }, 1_000, 0.5, 200);
  expect(zoomed).toEqual({ from: 100, to: 600 });
  expect((200 - zoomed.from) / (zoomed.to - zoomed.from)).toBe(0.2);
});

test("the window never leaves the time line, nor becomes too narrow to read", () => {
  expect(panWindow({ from: 100, to: 300 }, 1_000, -5)).toEqual({ from: 0, to: 200 });
  expect(panWindow({ from: 100, to: 300 }, 1_000, 5)).toEqual({ from: 800, to: 1_000 });
  expect(zoomWindow({ from: 0, to: 1_000 }, 1_000, 4, 500)).toEqual({ from: 0, to: 1_000 });
  const narrow = fitWindow({ from: 5, to: 5 }, 1_000);
  expect(narrow.to - narrow.from).toBeGreaterThan(0);
});

test("a window that shows all but a hair is everything", () => {
  expect(isWhole({ from: 0.1, to: 999.9 }, 1_000)).toBe(true);
  expect(isWhole({ from: 10, to: 1_000 }, 1_000)).toBe(false);
});

test("what is brought into sight has room around it", () => {
  const window = windowAround(400, 500, 1_000);
  expect(window.from).toBeLessThan(400);
  expect(window.to).toBeGreaterThan(500);
});
