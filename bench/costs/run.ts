import { heading } from "../report.ts";
import { openStore } from "../store.ts";
import { benchRates } from "./rates.ts";
import { benchReads } from "./reads.ts";

/** Money: setting it aside and settling it on one hot budget, and reading a ledger of ten million entries (about 10 GB of disk). */
export async function benchCosts(): Promise<void> {
  heading("Costs");
  const store = await openStore();
  try {
    await benchRates(store);
    await benchReads(store);
  } finally {
    await store.remove();
  }
}
