const nanoDigits = 9;
/** The API takes limits of up to so many digits of nano-USD. */
const mostDigits = 18;

/**
 * What a person typed as dollars, in nano-USD: "50", "$1,250.50", "0.000031".
 * @returns null for what is no amount, is finer than a nano-USD, or is too large for a limit
 */
export function parseDollars(typed: string): bigint | null {
  const plain = typed.trim().replace(/^\$/, "").trim().replace(/,/g, "");
  const match = /^(\d*)(?:\.(\d*))?$/.exec(plain);
  const [, whole = "", decimals = ""] = match ?? [];
  if (match === null || whole + decimals === "" || decimals.length > nanoDigits) return null;
  const nanoUsd = BigInt(whole + decimals.padEnd(nanoDigits, "0"));
  return nanoUsd.toString().length > mostDigits ? null : nanoUsd;
}

/** An amount as a person would type it, with all of its digits: "50", "0.000031". */
export function dollarsAsTyped(nanoUsd: bigint): string {
  const whole = nanoUsd / 10n ** BigInt(nanoDigits);
  const decimals = (nanoUsd % 10n ** BigInt(nanoDigits)).toString().padStart(nanoDigits, "0");
  return `${whole}.${decimals}`.replace(/\.?0+$/, "");
}
