import Bowser from "bowser";

/**
 * What sent a request, in plain words, told from its user agent: "Chrome 141 on macOS", "curl 8.5". What is no
 * browser names itself; null where nothing was said. Pure.
 */
export function deviceWords(userAgent: string | null): string | null {
  if (userAgent === null || userAgent.trim() === "") return null;
  const { browser, os } = Bowser.parse(userAgent);
  if (browser.name && os.name) return `${named(browser.name, browser.version)} on ${os.name}`;
  const [product = ""] = userAgent.trim().split(/\s+/, 1);
  const [name = product, version] = product.split("/");
  return named(name === "node" ? "Node.js" : name, version);
}

/** A name with the part of the version that people know: "Chrome 141", "curl 8.5". */
function named(name: string, version: string | undefined): string {
  const [major, minor] = (version ?? "").split(".");
  if (!major) return name;
  return Number(major) >= 20 || minor === undefined ? `${name} ${major}` : `${name} ${major}.${minor}`;
}
