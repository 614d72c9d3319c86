/** A duration at the precision a person compares with: "840 ms", "4.2 s", "3 min 20 s", "2 h 05 min". */
export function formatDuration(durationMs: number): string {
  if (durationMs < 0) return "0 ms";
  if (durationMs < 10) return `${trim(durationMs, durationMs < 1 ? 2 : 1)} ms`;
  if (durationMs < 999.5) return `${Math.round(durationMs)} ms`;
  if (durationMs < 59_950) return `${trim(durationMs / 1000, durationMs < 9_995 ? 2 : 1)} s`;
  const seconds = Math.round(durationMs / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${pad(seconds % 60)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h ${pad(minutes % 60)} min`;
  return `${Math.round(minutes / 1440)} days`;
}

function trim(value: number, digits: number): string {
  return value.toFixed(digits).replace(/\.?0+$/, "");
}

function pad(value: number): string {
  return value.toString().padStart(2, "0");
}
