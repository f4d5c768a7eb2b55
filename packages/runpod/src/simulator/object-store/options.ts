/** What kind of S3 the simulator plays. */
export type ObjectStoreDialect =
  /** R2, AWS, MinIO: presigned URLs, conditional PUT, checksums. */
  | "s3"
  /** A RunPod network volume: whatever its page does not list is not implemented. */
  | "runpod-volume";

/** What one simulated object store is like. */
export interface ObjectStoreOptions {
  dialect: ObjectStoreDialect;
  region: string;
  bucket: string;
  accessKeyId: string;
  secretAccessKey: string;
  /** @default 0, any free port */
  port?: number;
  /** Loopback only. @default "127.0.0.1" */
  host?: string;
  /** Epoch ms; signatures are judged by it. @default Date.now */
  now?: () => number;
  /** Origins the bucket's CORS rules allow. @default none */
  corsOrigins?: readonly string[];
  /** Largest object, in bytes. @default 500 MB, as a RunPod volume */
  maxObjectBytes?: number;
  /** Gets one object per request; never a key, signature or body. */
  log?: (line: object) => void;
}

/** One object as it is kept. */
export interface StoredObject {
  readonly key: string;
  readonly bytes: Buffer;
  readonly contentType: string;
  /** As sent, of the kinds S3 gives back: `cache-control`, `content-disposition`, `x-amz-meta-…`. */
  readonly headers: Readonly<Record<string, string>>;
  /** Of what is kept, in base64; null = the writer sent no SHA-256. */
  readonly checksumSha256: string | null;
  readonly etag: string;
  readonly modifiedAtMs: number;
}

/** A way to misbehave. */
export const OBJECT_STORE_FAULTS = [
  /** 503 SlowDown, nothing done. */
  "slow-down",
  /** 500 InternalError, nothing done. */
  "internal-error",
  /** A proxy's 502 in HTML, nothing done. */
  "bad-gateway",
  /** The connection is cut before anything is done. */
  "drop",
  /** Done, and the connection cut instead of an answer. */
  "done-then-drop",
  /** Done, with an ETag that is not of these bytes. */
  "wrong-etag",
  /** Kept with one bit turned. */
  "corrupt",
  /** An answer that ends in the middle of its body. */
  "cut-body",
  /** 403 AccessDenied, as while keys are rotated. */
  "forbidden",
  /** 404 NoSuchKey for what is there. */
  "hidden",
] as const;
export type ObjectStoreFault = (typeof OBJECT_STORE_FAULTS)[number];

export type ObjectStoreMethod = "PUT" | "GET" | "HEAD" | "DELETE" | "LIST";

/** Which requests a fault applies to. */
export interface FaultOrder {
  fault: ObjectStoreFault;
  /** @default 1 */
  times?: number;
  /** @default every method */
  method?: ObjectStoreMethod;
}

/** A simulated object store over real HTTP; all state is in memory. */
export interface ObjectStoreSimulator {
  /** `http://host:port`: the endpoint; buckets are addressed in the path. */
  readonly url: string;
  readonly port: number;
  /** What is kept, by key: the disk a worker has mounted. */
  readonly objects: ReadonlyMap<string, StoredObject>;
  /** Writes as somebody with the disk mounted would, past S3. */
  write(key: string, bytes: Uint8Array): void;
  remove(key: string): void;
  misbehave(order: FaultOrder): void;
  /** Lets objects written from now on be missing for their first `reads` GETs and HEADs. */
  hideNewObjects(reads: number): void;
  /** From now on only these credentials count. */
  rotateKeys(credentials: { accessKeyId: string; secretAccessKey: string }): void;
  /** How many requests of each method were answered, refused ones too. */
  readonly requests: ReadonlyMap<ObjectStoreMethod, number>;
  stop(): Promise<void>;
}
