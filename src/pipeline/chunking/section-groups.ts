import type { PlacedBlock } from "./placed-block.ts";

/** Blocks between which chunks may be cut freely and across whose ends none may reach. */
export type SectionGroup = readonly PlacedBlock[];

/**
 * The top-level sections one by one; a tiny one joins the section before it, or the section after it joins it, as
 * long as both fit into one chunk together.
 */
export function groupSections(
  blocks: readonly PlacedBlock[],
  limits: { readonly maxTokens: number; readonly tinySectionTokens: number },
): SectionGroup[] {
  const groups: { blocks: PlacedBlock[]; tokens: number }[] = [];
  for (const section of splitSections(blocks)) {
    const tokens = section.reduce((sum, { block }) => sum + block.tokens, 0);
    const last = groups.at(-1);
    const tiny = Math.min(tokens, last?.tokens ?? 0) <= limits.tinySectionTokens;
    if (last && tiny && last.tokens + tokens <= limits.maxTokens) {
      last.blocks.push(...section);
      last.tokens += tokens;
    } else {
      groups.push({ blocks: section, tokens });
    }
  }
  return groups.map((group) => group.blocks);
}

function splitSections(blocks: readonly PlacedBlock[]): PlacedBlock[][] {
  const sections: PlacedBlock[][] = [];
  for (const placed of blocks) {
    const last = sections.at(-1);
    if (last?.[0]?.section === placed.section) last.push(placed);
    else sections.push([placed]);
  }
  return sections;
}
