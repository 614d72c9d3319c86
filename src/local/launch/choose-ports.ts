import { createServer, type Server } from "node:net";

const portsToTry = 100;

/** A listener that keeps a port while others are chosen. */
interface HeldPort {
  readonly port: number;
  release(): Promise<void>;
}

/** The ports of the services. */
export type ServicePorts = Readonly<
  Record<"postgres" | "bridge" | "qstash" | "vector" | "gateway" | "blob" | "inspector", number>
>;

/**
 * Chooses a free port for each service: the one it had before if that is free, else any.
 * @throws RangeError when no port is free
 */
export async function chooseServicePorts(
  before: Readonly<Record<keyof ServicePorts, number | undefined>>,
): Promise<ServicePorts> {
  // Each stays held until the last is chosen, so that no two services get the same one.
  const held: HeldPort[] = [];
  const choose = async (wanted: number | undefined) => {
    const port = (await hold(wanted ?? 0)) ?? (await hold(0));
    if (!port) throw new RangeError("No port is free.");
    held.push(port);
    return port.port;
  };
  const ports = {
    postgres: await choose(before.postgres),
    bridge: await choose(before.bridge),
    qstash: await choose(before.qstash),
    vector: await choose(before.vector),
    gateway: await choose(before.gateway),
    blob: await choose(before.blob),
    inspector: await choose(before.inspector),
  };
  await Promise.all(held.map((port) => port.release()));
  return ports;
}

/**
 * The wanted port, or the next one above it that is free.
 * @throws RangeError when none of a hundred is
 */
export async function nextFreePort(wanted: number): Promise<number> {
  for (let port = wanted; port < wanted + portsToTry && port < 65536; port += 1) {
    const held = await hold(port);
    if (!held) continue;
    await held.release();
    return port;
  }
  throw new RangeError(`No port from ${wanted} to ${wanted + portsToTry - 1} is free.`);
}

function hold(port: number): Promise<HeldPort | undefined> {
  const server: Server = createServer();
  return new Promise((resolve) => {
    server.once("error", () => resolve(undefined));
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      if (address === null || typeof address === "string") return resolve(undefined);
      resolve({
        port: address.port,
        release: () => new Promise((released) => server.close(() => released())),
      });
    });
  });
}
