import { createHash } from "node:crypto";

const padding = Buffer.from("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a", "hex");

/** The values that PDF's standard security handler, revision 2 (RC4, 40 bits), derives from a password. */
export interface PdfEncryption {
  /** The /Encrypt dictionary. */
  dictionary: string;
  /** The first /ID of the trailer, in hex. */
  idHex: string;
  /** Encrypts the strings and streams of one object. */
  encrypt(objectNumber: number, content: Uint8Array): Buffer;
}

/** Protects a document so that it opens only with `userPassword` (ISO 32000-1, 7.6.3). */
export function encryptPdf(userPassword: string): PdfEncryption {
  const id = createHash("md5").update("waybill test document").digest();
  const permissions = Buffer.from([0xfc, 0xff, 0xff, 0xff]);
  const padded = Buffer.concat([Buffer.from(userPassword, "latin1"), padding]).subarray(0, 32);
  const owner = rc4(md5(padded).subarray(0, 5), padded);
  const key = md5(Buffer.concat([padded, owner, permissions, id])).subarray(0, 5);
  const user = rc4(key, padding);
  return {
    dictionary: `<< /Filter /Standard /V 1 /R 2 /O <${owner.toString("hex")}> /U <${user.toString("hex")}> /P -4 >>`,
    idHex: id.toString("hex"),
    encrypt(objectNumber, content) {
      const salt = Buffer.from([
        objectNumber & 255,
        (objectNumber >> 8) & 255,
        (objectNumber >> 16) & 255,
        0,
        0,
      ]);
      return rc4(md5(Buffer.concat([key, salt])).subarray(0, 10), content);
    },
  };
}

function md5(content: Uint8Array): Buffer {
  return createHash("md5").update(content).digest();
}

/** RC4 by hand: OpenSSL 3 no longer offers it. */
function rc4(key: Uint8Array, content: Uint8Array): Buffer {
  const state = Uint8Array.from({ length: 256 }, (_, index) => index);
  const at = (index: number) => state[index & 255] ?? 0;
  const swap = (a: number, b: number) => {
    const kept = at(a);
    state[a & 255] = at(b);
    state[b & 255] = kept;
  };
  for (let i = 0, j = 0; i < 256; i += 1) {
    j = (j + at(i) + (key[i % key.length] ?? 0)) & 255;
    swap(i, j);
  }
  const out = Buffer.alloc(content.length);
  for (let n = 0, i = 0, j = 0; n < content.length; n += 1) {
    i = (i + 1) & 255;
    j = (j + at(i)) & 255;
    swap(i, j);
    out[n] = (content[n] ?? 0) ^ at(at(i) + at(j));
  }
  return out;
}
