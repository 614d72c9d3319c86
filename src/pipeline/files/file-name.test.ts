import fc from "fast-check";
import { expect, test } from "vitest";
import { cleanFileName } from "./file-name.ts";

test.each([
  ["report.pdf", "report.pdf"],
  ["../../etc/passwd", "passwd"],
  ["C:\\Users\\me\\report.pdf", "report.pdf"],
  ["a\u0000b\u001b[31m\u202egnp.pdf", "ab[31mgnp.pdf"],
  ["Gro\u0308\u00dfe.md", "Größe.md"],
  ["  spaced.txt  ", "spaced.txt"],
  ["", "unnamed"],
  ["..", "unnamed"],
  ["folder/", "unnamed"],
  ["日本語の文書.pdf", "日本語の文書.pdf"],
])("%j is kept as %j", (sent, kept) => {
  expect(cleanFileName(sent)).toBe(kept);
});

test("a name that is too long keeps its extension and no half of a character", () => {
  const kept = cleanFileName(`${"😀".repeat(400)}.pdf`);
  expect([...kept]).toHaveLength(255);
  expect(kept).toMatch(/^(😀)+\.pdf$/u);
});

test("whatever is sent, what is kept is one path part of 1 to 255 characters, and is kept as it is", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 600 }), (sent) => {
      const kept = cleanFileName(sent);
      expect([...kept].length).toBeGreaterThan(0);
      expect([...kept].length).toBeLessThanOrEqual(255);
      expect(kept).not.toMatch(/[/\\\p{Cc}\p{Cf}\p{Cs}]/u);
      expect(kept).not.toMatch(/^\.+$/);
      expect(cleanFileName(kept)).toBe(kept);
    }),
  );
});
