import { readdir, readFile } from "node:fs/promises";

/** A process as /proc tells it: its parent, and the processor time of itself and of its ended children, in ms. */
interface ProcessTime {
  readonly pid: number;
  readonly parent: number;
  readonly ms: number;
}

/**
 * What a process and all that it started have used of the processors so far, in ms; it says more than the time
 * of day on a machine that others use too. Linux only: elsewhere it is 0.
 */
export async function processorMsOfTree(root: number): Promise<number> {
  const all = await readProcesses();
  const tree = new Set([root]);
  // Parents are there before their children, but ids wrap around: go on until nothing is added.
  for (let size = 0; size < tree.size; ) {
    size = tree.size;
    for (const { pid, parent } of all) if (tree.has(parent)) tree.add(pid);
  }
  return all.filter(({ pid }) => tree.has(pid)).reduce((sum, { ms }) => sum + ms, 0);
}

/** What one process has used of the processors, without its children, in ms. */
export async function processorMsOf(pid: number): Promise<number> {
  const [, , user = 0, system = 0] = await readStat(String(pid));
  return (user + system) * 10;
}

async function readProcesses(): Promise<ProcessTime[]> {
  const names = await readdir("/proc").catch(() => []);
  const pids = names.filter((name) => /^\d+$/.test(name));
  return Promise.all(
    pids.map(async (pid) => {
      const [, parent = 0, user = 0, system = 0, childUser = 0, childSystem = 0] = await readStat(pid);
      return { pid: Number(pid), parent, ms: (user + system + childUser + childSystem) * 10 };
    }),
  );
}

/** State, parent, and user, system, ended children's user and system time in hundredths of a second. */
async function readStat(pid: string): Promise<number[]> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  // The name in brackets may hold spaces; what follows it is numbered from the state on.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return [0, 1, 11, 12, 13, 14].map((place) => Number(fields[place]) || 0);
}

/** The process whose command line has this text, for one that somebody else started. */
export async function pidOf(text: string): Promise<number> {
  for (const { pid } of await readProcesses()) {
    const command = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
    if (command.includes(text)) return pid;
  }
  return 0;
}
