import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { isIP } from "node:net";

import { type S3Answer, xml } from "./answer.ts";
import { Bucket } from "./bucket.ts";
import { corsHeaders, preflight } from "./cors.ts";
import { createFaultDesk } from "./fault-desk.ts";
import type { ObjectStoreMethod, ObjectStoreOptions, ObjectStoreSimulator } from "./options.ts";
import { S3_ERRORS, S3Refusal } from "./s3-error.ts";
import { methodOf, readRequest, type S3Request } from "./s3-request.ts";
import { serveRequest } from "./serve-request.ts";
import { errorXml } from "./xml.ts";

const DEFAULT_MAX_OBJECT_BYTES = 500_000_000;
/** S3 takes 15 minutes, a RunPod volume an hour. */
const MAX_SKEW_MS = { s3: 15 * 60_000, "runpod-volume": 60 * 60_000 } as const;

/**
 * Starts an S3 server with one bucket over real HTTP. Every signature is checked by its own code;
 * bodies and objects stay in memory.
 * @throws when `host` is not a loopback address or the port is taken
 */
export async function startObjectStoreSimulator(
  options: ObjectStoreOptions,
): Promise<ObjectStoreSimulator> {
  const host = options.host ?? "127.0.0.1";
  const isLoopback = isIP(host) === 4 && host.startsWith("127.");
  if (!isLoopback) throw new Error(`The object store listens on 127.x.x.x only, not on ${host}.`);
  const now = options.now ?? Date.now;
  const bucket = new Bucket(now);
  const desk = createFaultDesk();
  const requests = new Map<ObjectStoreMethod, number>();
  const { dialect, region, corsOrigins = [] } = options;
  let { accessKeyId, secretAccessKey } = options;

  async function answer(incoming: IncomingMessage, request: S3Request): Promise<Served> {
    if (request.method === "OPTIONS") {
      return { answer: preflight(request, corsOrigins), cut: "nothing" };
    }
    const method = methodOf(request);
    const fault = method === null ? null : desk.take(method);
    if (method !== null) requests.set(method, (requests.get(method) ?? 0) + 1);
    if (fault === "drop") return { answer: null, cut: "everything" };
    const served = await serveRequest(incoming, request, {
      bucketName: options.bucket,
      bucket,
      dialect,
      maxObjectBytes: options.maxObjectBytes ?? DEFAULT_MAX_OBJECT_BYTES,
      rule: {
        accessKeyId,
        secretAccessKey,
        region,
        allowsPresigned: dialect === "s3",
        maxSkewMs: MAX_SKEW_MS[dialect],
        nowMs: now(),
      },
      fault,
    });
    options.log?.({ event: "s3.request", method, status: served.status, fault });
    const headers = { ...served.headers, ...corsHeaders(request, corsOrigins) };
    const cut =
      fault === "done-then-drop" ? "everything" : fault === "cut-body" ? "half" : "nothing";
    return { answer: { ...served, headers }, cut };
  }

  const server = createServer((incoming, outgoing) => {
    void handle(incoming, outgoing, answer);
  });
  server.listen(options.port ?? 0, host);
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return {
    url: `http://${host}:${address.port}`,
    port: address.port,
    objects: bucket.objects,
    requests,
    write(key, bytes) {
      const told = { contentType: "binary/octet-stream", headers: {}, hasChecksum: false };
      bucket.put(key, Buffer.from(bytes), told);
    },
    remove: (key) => bucket.delete(key),
    misbehave: (order) => desk.order(order),
    hideNewObjects: (reads) => bucket.hideNewObjects(reads),
    rotateKeys(credentials) {
      ({ accessKeyId, secretAccessKey } = credentials);
    },
    async stop() {
      if (!server.listening) return;
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** What became of a request; `answer: null` = not even looked at. */
interface Served {
  answer: S3Answer | null;
  cut: "nothing" | "half" | "everything";
}

async function handle(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  answer: (incoming: IncomingMessage, request: S3Request) => Promise<Served>,
): Promise<void> {
  try {
    const served = await answer(incoming, readRequest(incoming));
    if (served.answer === null || served.cut === "everything") {
      incoming.socket.destroy();
      return;
    }
    send(outgoing, served.answer, served.cut === "half");
  } catch (thrown) {
    if (thrown instanceof S3Refusal) {
      const body = errorXml(thrown.code, thrown.message);
      send(outgoing, xml(S3_ERRORS[thrown.code], body), false);
    } else {
      // The sender broke off in the middle of its body: nobody is left to be answered.
      incoming.socket.destroy();
    }
  }
  // An unread body would stand before the connection's next request.
  incoming.resume();
}

function send(outgoing: ServerResponse, answer: S3Answer, isCut: boolean): void {
  const body = answer.body === null ? null : Buffer.from(answer.body);
  const length = body === null ? {} : { "content-length": String(body.length) };
  const bodiless = answer.status === 204 || answer.status === 304;
  outgoing.writeHead(answer.status, bodiless ? answer.headers : { ...answer.headers, ...length });
  if (body === null || !isCut) {
    outgoing.end(body ?? undefined);
    return;
  }
  outgoing.write(body.subarray(0, Math.floor(body.length / 2)), () => outgoing.socket?.destroy());
}
