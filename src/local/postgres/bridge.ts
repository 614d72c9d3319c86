import { createServer } from "node:http";
import { connect } from "node:net";
import { pipeline } from "node:stream";
import { createWebSocketStream, type WebSocket, WebSocketServer } from "ws";
import { z } from "zod";
import type { Log } from "../../kernel/log.ts";

const addressSchema = z.object({ port: z.number() });
/** The largest message of the driver: one statement with all its parameters. */
const maxMessageBytes = 1024 ** 3;

/** A WebSocket in front of Postgres, as the serverless driver of Neon wants it. */
export interface Bridge {
  readonly port: number;
  /** `host:port/path`, the value of `neonConfig.wsProxy`. */
  readonly wsProxy: string;
  stop(): Promise<void>;
}

/**
 * Carries the bytes of each WebSocket to a TCP connection of its own, with backpressure and half-close in
 * both directions. Loopback only; a page in a browser is refused, whatever site it comes from.
 * @param options.port 0 picks a free one
 */
export async function startBridge(options: {
  port: number;
  postgresPort: number;
  log: Log;
}): Promise<Bridge> {
  const server = createServer((_request, response) => {
    response
      .writeHead(426, { "content-type": "text/plain" })
      .end("This is a WebSocket bridge to Postgres.\n");
  });
  const sockets = new WebSocketServer({
    server,
    perMessageDeflate: false,
    maxPayload: maxMessageBytes,
    verifyClient: ({ origin }: { origin: string | undefined }) => origin === undefined,
  });
  sockets.on("connection", (socket) => carry(socket, options.postgresPort, options.log));
  await new Promise<void>((listening, failed) => {
    server.once("error", failed);
    server.listen(options.port, "127.0.0.1", listening);
  });
  const { port } = addressSchema.parse(server.address());
  return {
    port,
    wsProxy: `127.0.0.1:${port}/v1`,
    async stop() {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
      await new Promise<void>((closed) => server.close(() => closed()));
    },
  };
}

function carry(socket: WebSocket, postgresPort: number, log: Log): void {
  const tcp = connect({ host: "127.0.0.1", port: postgresPort, noDelay: true, allowHalfOpen: true });
  const stream = createWebSocketStream(socket);
  const ended = (direction: string) => (error: Error | null | undefined) => {
    if (error) log.debug({ direction, error: error.message }, "a bridged connection broke");
  };
  pipeline(stream, tcp, ended("to Postgres"));
  pipeline(tcp, stream, ended("from Postgres"));
}
