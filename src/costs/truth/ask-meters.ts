import { toWaybillError } from "../../kernel/errors.ts";
import type { MeteredLine, MeterSource, MeterSpan } from "../../providers/metering/meter-source.ts";

/** What came of asking one source. */
export type AskedSource = Pick<MeterSource, "name" | "meters"> &
  (
    | { readonly state: "read"; readonly lines: readonly MeteredLine[] }
    | { readonly state: "out-of-reach"; readonly why: string }
    | { readonly state: "failed"; readonly why: string; readonly errorCode: string }
  );

/** Asks every source at once. One that does not answer is said so, and keeps none of the others from being read. */
export function askMeters(sources: readonly MeterSource[], span: MeterSpan): Promise<AskedSource[]> {
  return Promise.all(
    sources.map(async (source): Promise<AskedSource> => {
      const { name, meters } = source;
      try {
        const answer = await source.read(span);
        if (answer.kind === "out-of-reach") return { name, meters, state: answer.kind, why: answer.why };
        return { name, meters, state: "read", lines: answer.lines };
      } catch (thrown) {
        const error = toWaybillError(thrown);
        if (!error.code.startsWith("provider_")) throw thrown;
        const { status } = error.details;
        const why = `${name} ${status === undefined ? "did not answer" : `answered ${status}`}.`;
        return { name, meters, state: "failed", why, errorCode: error.code };
      }
    }),
  );
}
