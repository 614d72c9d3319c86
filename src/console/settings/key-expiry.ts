const dayMs = 24 * 3_600_000;

/** For how many days a key may be valid; empty: without end. */
export const expiryChoices = [
  { value: "7", label: "7 days" },
  { value: "30", label: "30 days" },
  { value: "90", label: "90 days" },
  { value: "365", label: "A year" },
  { value: "", label: "Without end" },
];

/** When a key that is made now is no longer valid, as ISO 8601; null: it stays valid. Pure. */
export function expiryOf(days: string, now: Date): string | null {
  return days === "" ? null : new Date(now.getTime() + Number(days) * dayMs).toISOString();
}
