import type { StepName } from "../graph.ts";
import { stepName } from "../next-work.ts";
import type { StepWork } from "../step-work.ts";
import { chunk } from "./chunk.ts";
import { embed } from "./embed.ts";
import { extract } from "./extract.ts";
import { finalize } from "./finalize.ts";
import { index } from "./index-vectors.ts";
import { inspect } from "./inspect.ts";

const works: Record<StepName, StepWork> = { inspect, extract, chunk, embed, index, finalize };

/** The work of a step. @throws TypeError for a step that this build does not know */
export function stepWorkOf(name: string): StepWork {
  return works[stepName(name)];
}
