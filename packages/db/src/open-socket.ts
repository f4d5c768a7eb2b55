import { Socket } from "node:net";

/** Where postgres.js wants to connect; its own, parsed options. */
export interface SocketTarget {
  readonly host: readonly string[];
  readonly port: readonly number[];
  /** A Unix socket; absent or false = TCP. */
  readonly path?: string | false | undefined;
}

/** The socket as postgres.js reads it: the name is what a certificate is checked against. */
type NamedSocket = Socket & { host?: string | undefined; port?: number | undefined };

const LOOKS = 4;
/** Of `silentMs`: so long one is left alone on which nothing was asked since the last answer. */
const IDLE_TIMES = 2;

/**
 * Makes sockets for postgres.js that do not wait for ever. A peer that vanishes without a word (a
 * host that lost power, a firewall that forgot the connection) leaves a socket that looks alive, and
 * the driver has no time limit of its own: whoever asks on it waits, and with him a place in the pool.
 * One that owes an answer for `silentMs` is destroyed, counted from the first question it left open.
 * One that seems to owe nothing is destroyed after twice that: it may owe the second of two answers,
 * or listen in vain. The driver must close what is idle by itself before, or a question might be put
 * to a socket in the moment it goes.
 */
export function openSocket(silentMs: number): (target: SocketTarget) => Socket {
  let next = 0;
  return ({ host, port, path }) => {
    const socket: NamedSocket = new Socket();
    endWhenSilent(socket, silentMs);
    if (typeof path === "string") return socket.connect(path);
    const at = next % host.length;
    next += 1;
    socket.host = host[at] ?? "localhost";
    socket.port = port[at] ?? 5432;
    return socket.connect(socket.port, socket.host);
  };
}

/** A socket not connected yet, of the same kind, for drivers that connect it themselves. */
export function createWatchedSocket(silentMs: number): Socket {
  const socket = new Socket();
  endWhenSilent(socket, silentMs);
  return socket;
}

function endWhenSilent(socket: Socket, silentMs: number): void {
  let read = 0;
  let written = 0;
  let isAsked = false;
  let silentLooks = 0;
  // Counted, not listened to: under TLS the bytes do not pass through this socket's events.
  const timer = setInterval(() => {
    // Nor does its close: the driver takes all listeners off before TLS begins.
    if (socket.destroyed) return clearInterval(timer);
    const hasAnswered = socket.bytesRead !== read;
    const hasAsked = socket.connecting || socket.bytesWritten !== written;
    read = socket.bytesRead;
    written = socket.bytesWritten;
    const begins = !hasAnswered && !isAsked && hasAsked;
    silentLooks = hasAnswered || begins ? 0 : silentLooks + 1;
    isAsked = !hasAnswered && (isAsked || hasAsked);
    if (silentLooks >= (isAsked ? LOOKS : LOOKS * IDLE_TIMES)) socket.destroy();
  }, silentMs / LOOKS).unref();
  socket.once("close", () => clearInterval(timer));
}
