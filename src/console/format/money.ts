const nanoPerUsd = 1_000_000_000n;
const groups = new Intl.NumberFormat("en-US");

/**
 * An amount with the digits it needs: cents from one dollar on, below that three significant digits, so that
 * 31 millionths read "$0.000031" and never "$0.00".
 * @param nanoUsd a whole number of nano-USD, as the API sends it
 */
export function formatMoney(nanoUsd: string | bigint): string {
  const amount = BigInt(nanoUsd);
  const sign = amount < 0n ? "−" : "";
  const size = amount < 0n ? -amount : amount;
  if (size === 0n) return "$0";
  return `${sign}$${dollars(roundAsRead(size))}`;
}

/** The amount with every digit that it has, for a tooltip. */
export function formatMoneyExactly(nanoUsd: string | bigint): string {
  const amount = BigInt(nanoUsd);
  const size = amount < 0n ? -amount : amount;
  return `${amount < 0n ? "−" : ""}$${dollars(size)}`;
}

/** The sum of amounts as the API sends them. */
export function sumNanoUsd(amounts: Iterable<string>): bigint {
  let sum = 0n;
  for (const amount of amounts) sum += BigInt(amount);
  return sum;
}

/**
 * A unit price in the size in which people quote it: "$0.02 per million tokens".
 * @param unitNanoUsd nano-USD for one unit; may have decimals
 */
export function formatUnitPrice(unitNanoUsd: string, unit: string): string {
  const price = Number(unitNanoUsd) / 1e9;
  if (price === 0) return `$0 per ${unit}`;
  const scales = [
    { by: 1, name: "" },
    { by: 1e3, name: "thousand " },
    { by: 1e6, name: "million " },
    { by: 1e9, name: "billion " },
  ];
  const scale = scales.find(({ by }) => price * by >= 0.01) ?? { by: 1e12, name: "trillion " };
  const quoted = BigInt(Math.round(price * scale.by * 1e9));
  return `${formatMoney(quoted)} per ${scale.name}${scale.by === 1 ? unit : pluralUnit(unit)}`;
}

function roundAsRead(size: bigint): bigint {
  const step =
    size >= nanoPerUsd ? nanoPerUsd / 100n : 10n ** BigInt(Math.max(0, size.toString().length - 3));
  return ((size + step / 2n) / step) * step;
}

function dollars(size: bigint): string {
  const whole = groups.format(size / nanoPerUsd);
  const decimals = (size % nanoPerUsd).toString().padStart(9, "0").replace(/0+$/, "").padEnd(2, "0");
  return `${whole}.${decimals}`;
}

/** A unit of the price book for more than one: "tokens", "queries", "byte hours"; "ms of processor" stays. */
export function pluralUnit(unit: string): string {
  const [, head = unit, tail = ""] = /^(.*?)( (?:of|for) .*)?$/.exec(unit) ?? [];
  if (/\bms$/.test(head)) return unit;
  return `${head.replace(/y$/, "ie")}s${tail}`;
}

/** A difference of amounts with its sign: "+$0.000031", "−$0.000031". */
export function formatChange(nanoUsd: string | bigint): string {
  return `${BigInt(nanoUsd) > 0n ? "+" : ""}${formatMoney(nanoUsd)}`;
}
