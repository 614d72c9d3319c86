const maxCharacters = 255;

/**
 * A file name as it is kept: the last part of a path, without control and formatting characters, in Unicode's
 * composed form, at most 255 characters with the extension kept; `unnamed` when nothing is left.
 */
export function cleanFileName(sent: string): string {
  const last = sent.normalize("NFC").split(/[\\/]/).at(-1) ?? "";
  const characters = [...last.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, "").trim()];
  const name = characters.length > maxCharacters ? shorten(characters) : characters.join("");
  return name === "" || /^\.+$/.test(name) ? "unnamed" : name;
}

function shorten(characters: readonly string[]): string {
  const extension = /\.[^.]{1,10}$/u.exec(characters.join(""))?.[0] ?? "";
  return characters.slice(0, maxCharacters - [...extension].length).join("") + extension;
}
