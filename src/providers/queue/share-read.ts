import type { Clock } from "../../kernel/clock.ts";

/** An answer with the time at which it was given. */
type Timed<Answer> = Answer & { readonly readAt: Date };

/** A read that everybody shares. */
export interface SharedRead<Input, Answer> {
  (input: Input): Promise<Timed<Answer>>;
  /** The next one asks anew, as something was changed. */
  forget(): void;
}

/** Most answers that are kept at once; older ones are forgotten. */
const mostKept = 200;

/**
 * Asks once for all who ask for the same within a time, so that fifty who look cost what one does. A refusal is shared
 * too: a service that is down is not asked more often than one that is well.
 * @param lifeMs for how long an answer is given to others, in ms
 */
export function shareRead<Input, Answer extends object>(
  read: (input: Input) => Promise<Answer>,
  { clock, lifeMs }: { readonly clock: Clock; readonly lifeMs: number },
): SharedRead<Input, Answer> {
  const kept = new Map<string, { readonly untilMs: number; readonly answer: Promise<Timed<Answer>> }>();
  const shared = (input: Input) => {
    const key = JSON.stringify(input);
    const nowMs = clock.monotonicMs();
    const known = kept.get(key);
    if (known !== undefined && known.untilMs > nowMs) return known.answer;
    for (const [old, { untilMs }] of kept) if (untilMs <= nowMs || kept.size >= mostKept) kept.delete(old);
    const answer = read(input).then((given) => ({ ...given, readAt: clock.now() }));
    kept.set(key, { untilMs: nowMs + lifeMs, answer });
    return answer;
  };
  return Object.assign(shared, { forget: () => kept.clear() });
}
