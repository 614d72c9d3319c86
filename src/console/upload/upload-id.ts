/** The id of a new upload, in the form of all ids: prefix, 12 hex digits of the time in ms, 20 of chance. */
export function newUploadId(now: Date): string {
  const time = now.getTime().toString(16).padStart(12, "0");
  // Not randomUUID: browsers offer that on https and localhost only.
  const chance = crypto.getRandomValues(new Uint8Array(10));
  return `upl_${time}${Array.from(chance, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
