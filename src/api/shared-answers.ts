import type { Clock } from "../kernel/clock.ts";

/** An answer that several callers get. */
interface SharedAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

interface Entry {
  readonly answer: Promise<SharedAnswer | null>;
  /** When it was asked for, in ms of the clock; null while it is under way. */
  keptUntilMs: number | null;
  size: number;
}

/** The most that is kept, in answers and in characters of all of them; one that is longer than a share is not kept. */
const bounds = { answers: 500, characters: 24_000_000, ofOne: 1_000_000 } as const;

/** Answers that are the same for every caller, so that fifty who look at a page cost what one costs. */
export interface SharedAnswers {
  /**
   * The answer to a question: one that was given a moment ago, the one that is being worked out, or a new one.
   * @param key names the question whole
   * @param afresh true to have it worked out anew, whatever is there
   * @param ask works it out; null when it is not to be shared
   * @returns null when the caller is to ask for itself
   */
  get(key: string, afresh: boolean, ask: () => Promise<SharedAnswer | null>): Promise<SharedAnswer | null>;
  /** Forgets all, what is being worked out included: something was done. */
  clear(): void;
}

/**
 * A store of answers in this process.
 * @param options.lifeMs how long an answer is given again; 0: only to those who ask while it is worked out
 */
export function createSharedAnswers(options: { clock: Clock; lifeMs: number }): SharedAnswers {
  const { clock, lifeMs } = options;
  const entries = new Map<string, Entry>();
  let characters = 0;
  const nowMs = () => clock.now().getTime();

  function drop(key: string, entry: Entry): void {
    // Another may stand there by now.
    if (entries.get(key) !== entry) return;
    entries.delete(key);
    characters -= entry.size;
  }

  function keep(key: string, entry: Entry, answer: SharedAnswer | null): void {
    if (entries.get(key) !== entry) return;
    const size = answer?.body.length ?? 0;
    if (answer === null || answer.status !== 200 || size > bounds.ofOne || lifeMs === 0) {
      drop(key, entry);
      return;
    }
    entry.keptUntilMs = nowMs() + lifeMs;
    entry.size = size;
    characters += size;
    for (const [oldKey, old] of entries) {
      if (entries.size <= bounds.answers && characters <= bounds.characters) break;
      drop(oldKey, old);
    }
  }

  return {
    async get(key, afresh, ask) {
      const known = entries.get(key);
      const fits = known !== undefined && (known.keptUntilMs === null || nowMs() < known.keptUntilMs);
      if (fits && !afresh) return known.answer;
      if (known !== undefined) drop(key, known);
      const entry: Entry = { answer: ask(), keptUntilMs: null, size: 0 };
      entries.set(key, entry);
      try {
        const answer = await entry.answer;
        keep(key, entry, answer);
        return answer;
      } catch (error) {
        drop(key, entry);
        throw error;
      }
    },
    clear() {
      entries.clear();
      characters = 0;
    },
  };
}
