import { describe, expect, it } from "vitest";
import { handbookDocx } from "../../../tests/support/documents/office-documents.ts";
import {
  binaryGarbage,
  scannedPdf,
  textNamedPdf,
  zipWithoutWord,
} from "../../../tests/support/documents/poison-documents.ts";
import {
  handbookHtml,
  handbookMarkdown,
  handbookText,
} from "../../../tests/support/documents/text-documents.ts";
import { docxMediaType } from "./media-type.ts";
import { sniffMediaType } from "./sniff.ts";

const png = Buffer.from("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489", "hex");
const sniff = (content: string | Uint8Array, name: string) => sniffMediaType(Buffer.from(content), name);
const supported = (mediaType: string) => ({ kind: "supported", mediaType });

describe("sniffMediaType", () => {
  it("believes a signature and not the name", async () => {
    expect(await sniff(scannedPdf(), "notes.txt")).toEqual(supported("application/pdf"));
    expect(await sniff(await handbookDocx(), "handbook.zip")).toEqual(supported(docxMediaType));
    expect(await sniff(png, "picture.pdf")).toEqual({ kind: "unsupported", detected: "image/png" });
  });

  it.each([
    [handbookHtml, "handbook.html", "text/html"],
    [handbookHtml, "handbook", "text/html"],
    ['<?xml version="1.0"?>\n<!DOCTYPE html><html></html>', "page.xhtml", "text/html"],
    [handbookMarkdown, "handbook.md", "text/markdown"],
    [handbookMarkdown, "handbook", "text/markdown"],
    [handbookText, "handbook.txt", "text/plain"],
    ["Only a line.", "handbook", "text/plain"],
    ["%PDF- starts a PDF. No PDF starts so:\n%PDF-", "about.md", "application/pdf"],
    ["About the header %PDF-1.4.", "about.md", "text/markdown"],
  ])(
    "tells text by its content, and by its name where the content leaves it open: %#",
    async (content, name, type) => {
      expect(await sniff(content, name)).toEqual(supported(type));
    },
  );

  it("reads text in UTF-16 and latin-1", async () => {
    expect(await sniff(Buffer.from("\ufeffGrüße", "utf16le"), "a.txt")).toEqual(supported("text/plain"));
    expect(await sniff(Buffer.from("Grüße aus Köln", "latin1"), "a.txt")).toEqual(supported("text/plain"));
  });

  it("does not take a UTF-8 character cut off at the end of the head for another encoding", async () => {
    expect(await sniff(Buffer.from("Kö").subarray(0, 2), "a.txt")).toEqual(supported("text/plain"));
  });

  it("says so when the name claims a binary format and the content is text", async () => {
    const expected = { kind: "mismatch", mediaType: "text/plain", claimed: "pdf" };
    expect(await sniff(textNamedPdf.bytes, textNamedPdf.name)).toEqual(expected);
  });

  it("refuses what is no document", async () => {
    expect(await sniff(binaryGarbage(), "notes.txt")).toEqual({ kind: "unsupported", detected: null });
    expect(await sniff(zipWithoutWord(), "a.zip")).toEqual({
      kind: "unsupported",
      detected: "application/zip",
    });
    expect(await sniff('<?xml version="1.0"?><invoice/>', "a.xml")).toMatchObject({ kind: "unsupported" });
    expect(await sniff("", "a.pdf")).toEqual({ kind: "empty" });
  });
});
