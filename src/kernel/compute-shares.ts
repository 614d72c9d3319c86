import type { Clock } from "./clock.ts";

/** What a piece of work took of the machine that it ran on. */
export interface ComputeShare {
  /** Time of processors at work, in ms. */
  readonly cpuMs: number;
  /** Memory that stood ready for it, in MB × ms. */
  readonly memoryMbMs: number;
}

/** Divides a machine among the pieces of work that go on in it at the same time. */
export interface ComputeShares {
  /** The memory that the machine has, in MB. */
  readonly memoryMb: number;
  /** Begins a piece of work. @returns what ends it and tells its share; to be called once */
  begin(): () => ComputeShare;
}

/**
 * Shares of this process's processor time and memory. While several pieces of work go on, each has the same
 * part of what is used, so that the shares add up to what the machine is billed for while any goes on.
 * @param options.cpuMs the process's processor time so far, all threads, in ms
 */
export function createComputeShares(options: {
  clock: Pick<Clock, "monotonicMs">;
  memoryMb: number;
  cpuMs?: () => number;
}): ComputeShares {
  const { clock, memoryMb, cpuMs = processCpuMs } = options;
  // What one piece of work would have been given, had it gone on from the start.
  let given = { cpuMs: 0, wallMs: 0 };
  let seen = { cpuMs: cpuMs(), wallMs: clock.monotonicMs() };
  let active = 0;

  const look = () => {
    const now = { cpuMs: cpuMs(), wallMs: clock.monotonicMs() };
    if (active > 0) {
      given = {
        cpuMs: given.cpuMs + (now.cpuMs - seen.cpuMs) / active,
        wallMs: given.wallMs + (now.wallMs - seen.wallMs) / active,
      };
    }
    seen = now;
    return given;
  };
  return {
    memoryMb,
    begin() {
      const before = look();
      active += 1;
      return () => {
        const after = look();
        active -= 1;
        return {
          cpuMs: after.cpuMs - before.cpuMs,
          memoryMbMs: (after.wallMs - before.wallMs) * memoryMb,
        };
      };
    },
  };
}

function processCpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}
