import { once } from "node:events";
import { createServer } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { createWatchedSocket, openSocket } from "./open-socket.ts";

/** A server on loopback that answers each byte, or takes everything and says nothing. */
async function startPeer(answers: boolean): Promise<number> {
  const server = createServer((peer) => {
    peer.on("error", () => {});
    peer.on("data", (chunk) => answers && peer.write(chunk));
  });
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
