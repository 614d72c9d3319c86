import type { BreakerProvider } from "../db/breaker-states.ts";

const providerByArea: Readonly<Record<string, BreakerProvider>> = {
  embedding: "gateway",
  vector: "vector",
  blob: "blob",
};

/** Which provider is called to buy what a meter counts; undefined where none is. */
function providerOfMeter(meter: string): BreakerProvider | undefined {
  return providerByArea[meter.split(".")[0] ?? ""];
}

/** How the names of the meters begin that are bought of a provider. */
export function meterAreasOf(provider: BreakerProvider): string[] {
  return Object.keys(providerByArea).filter((area) => providerByArea[area] === provider);
}

/** The providers that are called to buy all this. */
export function providersOf(
  bought: readonly { readonly meter: string; readonly quantity: number }[],
): BreakerProvider[] {
  return [
    ...new Set(bought.flatMap(({ meter, quantity }) => (quantity > 0 ? (providerOfMeter(meter) ?? []) : []))),
  ];
}
