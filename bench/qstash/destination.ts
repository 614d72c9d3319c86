import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { performance } from "node:perf_hooks";

/** A destination that does nothing but tell what arrived when. */
export interface NoOpDestination {
  readonly url: string;
  /** The status of its answers, from now on. */
  status: number;
  /** When each call since `reset` arrived, on the clock of `performance.now()`, in ms. */
  readonly arrivalsMs: readonly number[];
  /** Resolves when so many calls have arrived since `reset`. */
  arrived(count: number): Promise<void>;
  reset(): void;
  close(): void;
}

/** Serves it on a free port of loopback. */
export async function startNoOpDestination(): Promise<NoOpDestination> {
  const arrivalsMs: number[] = [];
  let awaited: { readonly count: number; readonly wake: () => void } | undefined;
  const server = createServer((request, response) => {
    arrivalsMs.push(performance.now());
    request.resume();
    response.statusCode = destination.status;
    response.end();
    if (awaited && arrivalsMs.length >= awaited.count) awaited.wake();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address() as AddressInfo;
  const destination: NoOpDestination = {
    url: `http://127.0.0.1:${address.port}/no-op`,
    status: 200,
    arrivalsMs,
    arrived: (count) =>
      new Promise((wake) => {
        if (arrivalsMs.length >= count) wake();
        else awaited = { count, wake };
      }),
    reset() {
      arrivalsMs.length = 0;
      awaited = undefined;
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
  return destination;
}
