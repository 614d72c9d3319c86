/** Whose messages have a key of flow control, in words; null for one that is not ours. Pure. */
export function flowKeyAbout(key: string): string | null {
  if (key === "requeue") return "turns of requeues";
  const [kind, ...rest] = key.split(".");
  const name = rest.join(".");
  if (name === "") return null;
  if (kind === "project") return `project ${name}`;
  return kind === "provider" ? `provider ${name}` : null;
}
