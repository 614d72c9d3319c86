import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";

/** What a route of a served app finds in `c.env`; nothing when a test calls the app without a server. */
export interface ServerBindings {
  Bindings: {
    readonly incoming?: { readonly socket: { readonly remoteAddress?: string | undefined } };
    readonly outgoing?: { destroy(): unknown };
  };
}

/** A served app. */
export interface Listener {
  /** Without a slash at the end. */
  readonly url: string;
  readonly port: number;
  /** Stops listening and ends every connection, idle ones too. */
  close(): Promise<void>;
}

/** Something that answers requests, such as a Hono app. */
interface Answering {
  fetch(request: Request, bindings: ServerBindings["Bindings"]): Response | Promise<Response>;
}

/**
 * Serves an app on loopback.
 * @param port 0 for any free one
 * @throws Error (EADDRINUSE) when the port is taken
 */
export async function listen(app: Answering, port: number): Promise<Listener> {
  const server = createServer(getRequestListener((request, bindings) => app.fetch(request, bindings)));
  const bound = await new Promise<number>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
  return {
    url: `http://127.0.0.1:${bound}`,
    port: bound,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        // Clients keep connections alive; a close that waited for them would hang.
        server.closeAllConnections();
      }),
  };
}
