import { FilterError, type PathStep } from "./filter.ts";

const step =
  /(?<first>^[a-zA-Z_][a-zA-Z_0-9#-]*)|\.(?<field>[a-zA-Z_0-9#-]+)|\[(?<fromEnd>#-)?(?<index>\d+)\]/gy;

/**
 * Reads `a.b[0].c[#-1]`.
 * @throws FilterError when a bracket or a dot stands alone
 */
export function parsePath(text: string, position: number): PathStep[] {
  const steps: PathStep[] = [];
  step.lastIndex = 0;
  let read = 0;
  while (read < text.length) {
    const groups = step.exec(text)?.groups;
    if (!groups) throw new FilterError(`${JSON.stringify(text)} is not a field`, position + read);
    steps.push(toStep(groups));
    read = step.lastIndex;
  }
  return steps;
}

function toStep(groups: { [name: string]: string | undefined }): PathStep {
  if (groups.index !== undefined) {
    return { kind: groups.fromEnd === undefined ? "index" : "from-end", index: Number(groups.index) };
  }
  return { kind: "field", name: groups.first ?? groups.field ?? "" };
}
