import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import { connect as connectTls, createServer as createTlsServer } from "node:tls";
import { expect, onTestFinished, test, vi } from "vitest";
import { createWatchedSocket, openSocket } from "./open-socket.ts";

/** A server on loopback that answers each byte, or so many times, or takes everything and says nothing. */
async function startPeer(isTalking: boolean, { answers = Infinity } = {}): Promise<number> {
  let left = isTalking ? answers : 0;
  const server = createServer((peer) => {
    peer.on("error", () => {});
    peer.on("data", (chunk: Buffer) => left-- > 0 && peer.write(chunk));
  });
  return listening(server);
}

/** @returns the port */
async function listening(server: Server): Promise<number> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

test("a peer that says nothing any more is left", async () => {
  const port = await startPeer(false);
  const socket = openSocket(40)({ host: ["127.0.0.1"], port: [port] });
  socket.write("a question");
  await once(socket, "close");
  expect(socket.destroyed).toBe(true);
});

test("so is one that a driver connected itself", async () => {
  const socket = createWatchedSocket(40);
  socket.connect(await startPeer(false), "127.0.0.1");
  socket.write("a question");
  await once(socket, "close");
  expect(socket.destroyed).toBe(true);
});

test("a peer that answers is kept", async () => {
  const port = await startPeer(true);
  const socket = openSocket(400)({ host: ["127.0.0.1"], port: [port] });
  for (let asked = 0; asked < 12; asked += 1) {
    socket.write("?");
    await once(socket, "data");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  expect(socket.destroyed).toBe(false);
  socket.destroy();
});

/** A connected socket under a clock of its own, which has been answered once. */
async function askedOnce(port: number): Promise<Socket> {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  onTestFinished(() => void vi.useRealTimers());
  const socket = openSocket(400)({ host: ["127.0.0.1"], port: [port] });
  onTestFinished(() => void socket.destroy());
  socket.write("?");
  await once(socket, "data");
  return socket;
}

test("a question is given its whole time, however long nothing was asked before", async () => {
  const socket = await askedOnce(await startPeer(true, { answers: 1 }));
  vi.advanceTimersByTime(100 + 799);
  expect(socket.destroyed).toBe(false);
  socket.write("a question after a long rest");
  vi.advanceTimersByTime(400);
  expect(socket.destroyed).toBe(false);
  // Another one gains no time: the first is still open.
  socket.write("and another");
  vi.advanceTimersByTime(101);
  expect(socket.destroyed).toBe(true);
});

test("a question put in the same moment as an answer came is not waited for for ever", async () => {
  const socket = await askedOnce(await startPeer(true, { answers: 1 }));
  socket.write("one more");
  vi.advanceTimersByTime(100 + 799);
  expect(socket.destroyed).toBe(false);
  vi.advanceTimersByTime(1);
  expect(socket.destroyed).toBe(true);
});

test("under TLS, where a driver takes all listeners off, questions count and nothing goes on after the end", async () => {
  const psk = Buffer.alloc(16, 7);
  const ciphers = "PSK-AES128-GCM-SHA256";
  const secured = { ciphers, maxVersion: "TLSv1.2" } as const;
  let left = 1;
  const server = createTlsServer({ ...secured, pskCallback: () => psk, pskIdentityHint: "test" });
  server.on("secureConnection", (peer) => {
    peer.on("error", () => {});
    peer.on("data", (chunk: Buffer) => left-- > 0 && peer.write(chunk));
  });
  const port = await listening(server);
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  onTestFinished(() => void vi.useRealTimers());
  const socket = openSocket(400)({ host: ["127.0.0.1"], port: [port] });
  await once(socket, "connect");
  socket.removeAllListeners();
  const secure = connectTls({
    ...secured,
    socket,
    pskCallback: () => ({ psk, identity: "test" }),
    checkServerIdentity: () => undefined,
  });
  secure.on("error", () => {});
  secure.write("?");
  await once(secure, "data");
  vi.advanceTimersByTime(100 + 799);
  expect(socket.destroyed).toBe(false);
  secure.write("a question after a long rest");
  await new Promise((resolve) => setImmediate(resolve));
  vi.advanceTimersByTime(400);
  expect(socket.destroyed).toBe(false);
  vi.advanceTimersByTime(101);
  expect(socket.destroyed).toBe(true);
  await once(secure, "close");
  vi.advanceTimersByTime(100);
  expect(vi.getTimerCount()).toBe(0);
});

test("several hosts take turns, and the name is kept for the certificate", async () => {
  const ports = [await startPeer(true), await startPeer(true)];
  const open = openSocket(1_000);
  const target = { host: ["127.0.0.1", "localhost"], port: ports };
  const sockets = [open(target), open(target), open(target)];
  await Promise.all(sockets.map((socket) => once(socket, "connect")));
  const named = sockets.map((socket) => ("host" in socket ? socket.host : null));
  expect(named).toEqual(["127.0.0.1", "localhost", "127.0.0.1"]);
  for (const socket of sockets) socket.destroy();
});
