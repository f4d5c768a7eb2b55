import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { trusted } from "../support/trusted.ts";

/** One connection through the proxy. */
export interface ProxiedConnection {
  /** What its client last asked for, as far as `label` could tell. */
  label: string;
  /** Ends it for both sides, as a fallen network would. */
  cut(): void;
}

export interface TcpProxyOptions {
  /** Where the next connection goes; null = nobody is there, the client is refused. */
  readonly target: () => number | null;
  /** Names what a chunk from a client begins; null = it is the middle of something. */
  readonly label?: (chunk: Buffer) => string | null;
}

/** TCP on loopback between two parties, where the wire can be cut, silenced or watched. */
export interface TcpProxy {
  readonly port: number;
  connections(): readonly ProxiedConnection[];
  /** Cuts every connection that is open now. */
  cutAll(): number;
  /**
   * From now on nothing passes on the connections that are open: both sides believe in them, and
   * neither is told. New ones pass.
   */
  silence(): number;
  /** Cuts every silenced connection at last. */
  endSilence(): void;
  /** The next `times` chunks of clients that `matches` accepts are passed on, and then the wire is cut. */
  cutAfter(matches: (chunk: Buffer) => boolean, times: number): void;
  /** How often `cutAfter` has cut so far. */
  cutsAfter(): number;
  stop(): Promise<void>;
}

interface Wire extends ProxiedConnection {
  silent: boolean;
}

/** Starts one on any free port. */
export async function startTcpProxy(options: TcpProxyOptions): Promise<TcpProxy> {
  const wires = new Set<Wire>();
  let trap: { matches: (chunk: Buffer) => boolean; left: number } | null = null;
  let sprung = 0;

  const server = createServer((client) => {
    const port = options.target();
    if (port === null) return void client.on("error", () => {}).resetAndDestroy();
    const upstream = connect(port, "127.0.0.1");
    const wire: Wire = {
      label: "",
      silent: false,
      cut() {
        wires.delete(wire);
        client.resetAndDestroy();
        upstream.resetAndDestroy();
      },
    };
    wires.add(wire);
    pass(wire, client, upstream, (chunk) => {
      wire.label = options.label?.(chunk) ?? wire.label;
      if (trap === null || trap.left === 0 || !trap.matches(chunk)) return;
      trap.left -= 1;
      sprung += 1;
      // Once it is surely on its way to the other side.
      upstream.write("", () => setImmediate(() => wire.cut()));
      wire.silent = true;
    });
    pass(wire, upstream, client, () => {});
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  // A listening TCP server has an address with a port.
  const { port } = trusted<AddressInfo>(server.address());

  const every = (act: (wire: Wire) => void) => {
    const now = [...wires];
    for (const wire of now) act(wire);
    return now.length;
  };
  return {
    port,
    connections: () => [...wires],
    cutAll: () => every((wire) => wire.cut()),
    silence: () => every((wire) => (wire.silent = true)),
    endSilence: () => void every((wire) => wire.silent && wire.cut()),
    cutAfter(matches, times) {
      trap = { matches, left: times };
    },
    cutsAfter: () => sprung,
    async stop() {
      every((wire) => wire.cut());
      server.close();
      await once(server, "close");
    },
  };
}

function pass(wire: Wire, from: Socket, to: Socket, onChunk: (chunk: Buffer) => void): void {
  from.setNoDelay(true);
  from.on("data", (chunk: Buffer) => {
    if (wire.silent) return;
    const flowing = to.write(chunk);
    onChunk(chunk);
    if (flowing) return;
    from.pause();
    to.once("drain", () => from.resume());
  });
  from.on("end", () => {
    if (!wire.silent) to.end();
  });
  from.on("error", () => {});
  from.on("close", () => {
    if (!wire.silent) wire.cut();
  });
}
