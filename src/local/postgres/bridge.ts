import { createServer } from "node:http";
import { connect } from "node:net";
import { type RawData, type WebSocket, WebSocketServer } from "ws";
import { z } from "zod";

const addressSchema = z.object({ port: z.number() });
/** The largest message of the driver: one statement with all its parameters. */
const maxMessageBytes = 1024 ** 3;
/** How much may wait for a slow client before Postgres is told to wait. */
const maxBufferedBytes = 1024 ** 2;

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
export async function startBridge(options: { port: number; postgresPort: number }): Promise<Bridge> {
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
  sockets.on("connection", (socket) => carry(socket, options.postgresPort));
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

/** Pausing the one side while the other is full keeps the memory bounded, whatever flows. */
function carry(socket: WebSocket, postgresPort: number): void {
  const tcp = connect({ host: "127.0.0.1", port: postgresPort, noDelay: true, allowHalfOpen: true });
  socket.binaryType = "fragments";
  socket.on("message", (message) => {
    const parts = bytesOf(message);
    if (parts.map((part) => tcp.write(part)).includes(false)) socket.pause();
  });
  tcp.on("drain", () => socket.resume());
  // The driver closes its side after its last message: Postgres answers that by closing its own.
  socket.on("close", () => tcp.end());
  socket.on("error", () => tcp.destroy());

  tcp.on("data", (chunk) => {
    socket.send(chunk, () => {
      if (tcp.isPaused() && socket.bufferedAmount < maxBufferedBytes) tcp.resume();
    });
    if (socket.bufferedAmount >= maxBufferedBytes) tcp.pause();
  });
  tcp.on("end", () => socket.close());
  tcp.on("error", () => socket.terminate());
}

function bytesOf(message: RawData): Uint8Array[] {
  if (Array.isArray(message)) return message;
  return [message instanceof ArrayBuffer ? new Uint8Array(message) : message];
}
