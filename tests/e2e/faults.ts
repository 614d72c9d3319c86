import { expect } from "@playwright/test";
import type { z } from "zod";
import type { faultSchema } from "../../src/local/kit/faults.ts";

const faultsOf = (standInUrl: string) => new URL("/__local/faults", standInUrl);

/** Lets a stand-in of a product that was started with control fail. @param standInUrl any address of it */
export async function setFault(standInUrl: string, fault: z.input<typeof faultSchema>): Promise<void> {
  const answer = await fetch(faultsOf(standInUrl), { method: "POST", body: JSON.stringify(fault) });
  expect(answer.status).toBe(200);
}

/** Takes all faults of a stand-in away. @param standInUrl any address of it */
export async function mendFaults(standInUrl: string): Promise<void> {
  const answer = await fetch(faultsOf(standInUrl), { method: "DELETE" });
  expect(answer.ok).toBe(true);
}
