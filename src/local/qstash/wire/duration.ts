const unitMs: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};
const part = /(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h|d)/g;

/**
 * A Go duration such as `50s`, `1d10h30m` or `1.5h`, in ms; undefined when it is none, or longer than can be
 * told in ms.
 */
export function parseDurationMs(text: string): number | undefined {
  const parts = [...text.matchAll(part)];
  if (parts.length === 0 || parts.map(([whole]) => whole).join("") !== text) return undefined;
  const sum = parts.reduce(
    (total, [, amount, unit]) => total + Number(amount) * (unitMs[unit ?? ""] ?? 0),
    0,
  );
  return sum <= Number.MAX_SAFE_INTEGER ? sum : undefined;
}
