import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

type Rgb = readonly [number, number, number];

const css = readFileSync(new URL("./tokens.css", import.meta.url), "utf8");

/** How people see who lack one kind of cone: matrices of Machado, Oliveira and Fernandes (2009), severity 1. */
const sights: Readonly<Record<string, readonly [Rgb, Rgb, Rgb]>> = {
  "all cones": [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  "no red": [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  "no green": [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  "no blue": [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** The tokens of a scheme, in linear light. */
function tokens(scheme: string, pattern: RegExp): [name: string, colour: Rgb][] {
  const block = css.split(`scheme="${scheme}"]`)[1]?.split("}")[0] ?? "";
  return [...block.matchAll(/--wb-([\w-]+): #([0-9a-f]{6})/g)].flatMap(([, name = "", hex = ""]) =>
    pattern.test(name) ? [[name, linear(hex)] as [string, Rgb]] : [],
  );
}

function linear(hex: string): Rgb {
  const channel = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(0), channel(2), channel(4)];
}

function seen(rgb: Rgb, sight: readonly [Rgb, Rgb, Rgb]): Rgb {
  const clamp = (row: Rgb) => Math.min(1, Math.max(0, row[0] * rgb[0] + row[1] * rgb[1] + row[2] * rgb[2]));
  return [clamp(sight[0]), clamp(sight[1]), clamp(sight[2])];
}

/** Distance in Oklab (Ottosson 2020): 0.02 is just noticeable side by side. */
function distance(a: Rgb, b: Rgb): number {
  const [x, y] = [oklab(a), oklab(b)];
  return Math.hypot(x[0] - y[0], x[1] - y[1], x[2] - y[2]);
}

function oklab([r, g, b]: Rgb): Rgb {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function contrast(a: Rgb, b: Rgb): number {
  const luminance = (c: Rgb) => 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2] + 0.05;
  const [x, y] = [luminance(a), luminance(b)];
  return Math.max(x, y) / Math.min(x, y);
}

/** What words are written in, and what on. */
const words = /^(ink|ink-2|ink-3|accent|good|bad|wait)$/;
const grounds = /^(paper|sheet|sunk|rail|hover)$/;

describe.each(["light", "dark"])("words in the %s scheme", (scheme) => {
  const on = (name: string) => tokens(scheme, new RegExp(`^${name}$`))[0]?.[1] ?? [0, 0, 0];

  it("can be read on every ground (WCAG 2.2, 1.4.3)", () => {
    for (const [word, colour] of tokens(scheme, words)) {
      for (const [ground, under] of tokens(scheme, grounds)) {
        expect(contrast(colour, under), `${word} on ${ground}`).toBeGreaterThanOrEqual(4.5);
      }
    }
  });

  it.each(["accent", "bad", "wait"])("can be read on the soft ground of %s", (tone) => {
    expect(contrast(on(tone), on(`${tone}-soft`)), tone).toBeGreaterThanOrEqual(4.5);
    expect(contrast(on("ink-2"), on(`${tone}-soft`)), "ink-2").toBeGreaterThanOrEqual(4.5);
  });
});

/** Series that are bad stand beside the first two of the others, or those that are many together. */
const besideBad = /^series-(1|2|others)$/;

describe.each(["light", "dark"])("the colours of series in the %s scheme", (scheme) => {
  const series = tokens(scheme, /^series-/);
  const [sheet] = tokens(scheme, /^sheet$/);

  it("stand out from the sheet as graphics must (WCAG 2.2, 1.4.11)", () => {
    expect(series).toHaveLength(7);
    for (const [name, colour] of series) {
      expect(contrast(colour, sheet?.[1] ?? [0, 0, 0]), name).toBeGreaterThanOrEqual(3);
    }
  });

  it.each(Object.entries(sights))("can be told apart by eyes with %s", (_, sight) => {
    for (const [name, colour] of series) {
      for (const [other, otherColour] of series) {
        if (name >= other) continue;
        expect(distance(seen(colour, sight), seen(otherColour, sight)), `${name}, ${other}`).toBeGreaterThan(
          0.1,
        );
      }
    }
  });

  it.each(Object.entries(sights))("are not taken for what is bad by eyes with %s", (_, sight) => {
    const [bad] = tokens(scheme, /^bad$/);
    for (const [name, colour] of series.filter(([each]) => besideBad.test(each))) {
      expect(distance(seen(colour, sight), seen(bad?.[1] ?? [0, 0, 0], sight)), name).toBeGreaterThan(0.1);
    }
  });
});
