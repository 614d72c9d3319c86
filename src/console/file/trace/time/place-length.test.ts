import { expect, test } from "vitest";
import { placeLength } from "./place-length.ts";

const words = ["5.2 s, 160 ms of it work", "5.2 s"] as const;
const place = (leftPx: number, rightPx: number) => placeLength({ leftPx, rightPx, widthPx: 500 }, [...words]);

test("the words stand behind the bar, or before it where there is no room behind", () => {
  expect(place(10, 100)).toMatchObject({ words: words[0], style: { left: 106 }, inside: false });
  expect(place(300, 490)).toMatchObject({ words: words[0], style: { right: 206 }, inside: false });
});

test("fewer words are taken before they would lie over the bar", () => {
  expect(place(60, 490)).toMatchObject({ words: words[1], style: { right: 446 }, inside: false });
  expect(place(10, 490)).toMatchObject({ words: words[1], style: { right: 6 }, inside: true });
});
