import { globSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const room = new URL("..", import.meta.url).pathname;
const tokens = readFileSync(new URL("./tokens.css", import.meta.url), "utf8");
const defined = new Set([...tokens.matchAll(/(--wb-[\w-]+):/g)].map(([, name]) => name));
/** The steps of spacing, in px at the browser's usual size of text. */
const spaces = [...tokens.matchAll(/--wb-space-(\d+):/g)].map(([, px]) => Number(px));

const rawColour =
  /#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|oklch|oklab|lab|lch)\(|(?<![\w-])(?:white|black|red|green|blue|gr[ae]y|orange|yellow|purple|pink)(?![\w-])/i;

/** What a property may be given; all else is a size, weight or layer of somebody's own. */
const allowed: readonly [property: RegExp, value: RegExp][] = [
  [/^font-size$/, /^(var\(--wb-text-\w+\)|inherit|100%)$/],
  [/^font-weight$/, /^(var\(--wb-weight-\w+\)|inherit)$/],
  // A line that is as high as its box stands in its middle.
  [/^line-height$/, /^(var\(--wb-leading-\w+\)|inherit|[\d.]+(px|rem))$/],
  [/^letter-spacing$/, /^var\(--wb-tracking\)$/],
  [/^(scroll-)?(margin|padding)(-|$)|^((row|column)-)?gap$/, /^(?!.*\d(rem|em|px))|^(.* )?-?1px( .*)?$/],
  [/^border-(\w+-\w+-)?radius$/, /^((var\(--wb-radius[\w-]*\)|0|50%|inherit) ?)+$/],
  [/^max-width$/, /^(?!.*\dch)/],
  [/^z-index$/, /^var\(--wb-layer-\w+\)$/],
  [/^opacity$/, /^(0|1|var\(--wb-\w+\))$/],
  [/^transition(-duration)?$/, /^(?!.*\d)/],
];

const allowedMedia =
  /^\((?:(?:48rem <= )?width < (?:30|40|48|64|75)rem|hover: hover|prefers-reduced-motion: reduce)\)$/;

/** Props of Mantine and of icons that a component gives a number or a name. */
const allowedProps: readonly [prop: RegExp, value: RegExp | ((px: number) => boolean)][] = [
  [/^[mp][trblxyse]?$|^gap$|^spacing$/, (px) => spaces.includes(px)],
  [/^stroke$/, (stroke) => stroke === 1.75 || stroke === 2.5],
  [/^color$/, /^(red|gray)$/],
];
const iconSizes = [12, 14, 16, 18, 20, 24];

/** Where a style sheet leaves the house style. */
function faultsOfCss(css: string): string[] {
  const text = css.replaceAll(/\/\*[\s\S]*?\*\//g, "");
  const faults = [...text.matchAll(/@media ([^{]+) \{/g)].flatMap(([all, query = ""]) =>
    allowedMedia.test(query) ? [] : [all],
  );
  for (const [, property = "", raw = ""] of text.matchAll(/(?<=[{;]\s*)([\w-]+):\s+([^;{}]+);/g)) {
    const value = raw.replaceAll(/\s+/g, " ");
    const unknown = [...value.matchAll(/var\((--wb-[\w-]+)/g)].some(([, name]) => !defined.has(name));
    const off = allowed.some(([of, may]) => of.test(property) && !may.test(value));
    if (unknown || off || rawColour.test(value)) faults.push(`${property}: ${value}`);
  }
  return faults;
}

/** Where a component does. */
function faultsOfTsx(tsx: string): string[] {
  const faults = [...tsx.matchAll(/["'`]#[0-9a-f]{3,8}["'`]|\b(?:rgba?|hsla?|oklch)\(/gi)].map(
    ([all]) => all,
  );
  faults.push(...[...tsx.matchAll(/\b(?:fontSize|fontWeight|zIndex|lineHeight):/g)].map(([all]) => all));
  for (const [all, prop = "", name, number] of tsx.matchAll(/\s(\w+)=(?:"([^"]*)"|\{(-?[\d.]+)\})/g)) {
    const rule = allowedProps.find(([of]) => of.test(prop))?.[1];
    const value = name ?? number ?? "";
    const isName = Number.isNaN(Number(value));
    if (typeof rule === "function" ? !isName && !rule(Number(value)) : rule && !rule.test(value)) {
      faults.push(all.trim());
    }
  }
  for (const [all, size] of tsx.matchAll(/<Icon\w*\b[^>]*?size=\{(\d+)\}/g)) {
    if (!iconSizes.includes(Number(size))) faults.push(all);
  }
  return faults;
}

function faultsOf(pattern: string, faults: (text: string) => string[]): string[] {
  const files = globSync(pattern, { cwd: room }).filter((file) => !file.startsWith("theme/"));
  expect(files.length).toBeGreaterThan(50);
  return files.flatMap((file) =>
    faults(readFileSync(`${room}/${file}`, "utf8")).map((at) => `${file}: ${at}`),
  );
}

describe("the house style (decision 48)", () => {
  it("is what all style sheets of the console keep to", () => {
    expect(faultsOf("**/*.css", faultsOfCss)).toEqual([]);
    expect(faultsOfCss(readFileSync(new URL("./global.css", import.meta.url), "utf8"))).toEqual([]);
  });

  it("is what all components keep to", () => {
    expect(faultsOf("**/*.tsx", faultsOfTsx)).toEqual([]);
  });

  it("has no token that nothing uses", () => {
    const used = globSync("**/*.{css,ts,tsx}", { cwd: room })
      .map((file) => readFileSync(`${room}/${file}`, "utf8"))
      .join("\n");
    const families = /--wb-(kind|time|series|space)-/;
    expect(
      [...defined].filter((name = "") => !used.includes(`var(${name})`) && !families.test(name)),
    ).toEqual([]);
  });

  it.each([
    "color: #fff",
    "background: rgb(0 0 0 / 10%)",
    "border-color: red",
    "color: var(--wb-nothing)",
    "font-size: 0.8rem",
    "font-weight: 550",
    "line-height: 1.42",
    "padding: 0.4375rem var(--wb-space-12)",
    "margin-inline: calc(5px + var(--wb-space-4))",
    "gap: 3px",
    "border-radius: 4px",
    "border-start-end-radius: 4px",
    "max-width: 66ch",
    "z-index: 7",
    "opacity: 0.42",
    "transition: opacity 200ms",
  ])("refuses %s in a style sheet", (declaration) => {
    expect(faultsOfCss(`.a {\n  ${declaration};\n}`)).toEqual([declaration]);
  });

  it("refuses a width of the screen at which nothing else changes", () => {
    expect(faultsOfCss("@media (width < 41rem) {\n}")).toHaveLength(1);
  });

  it.each([
    `<Box mt={7}>`,
    `<Box gap={5}>`,
    `<Text color="teal">`,
    `<IconX size={15} />`,
    `<IconX stroke={2} />`,
    `<p style={{ fontSize: 11 }}>`,
    `<Box bg={"#fff"}>`,
  ])("refuses %s in a component", (tsx) => {
    expect(faultsOfTsx(tsx)).toHaveLength(1);
  });
});
