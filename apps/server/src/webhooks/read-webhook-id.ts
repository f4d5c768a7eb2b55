/** Beyond this a body is no webhook of RunPod's; it echoes our whole input, which has 10 MB at most. */
const MAX_BODY_BYTES = 32 * 1024 * 1024;
const MAX_ID_CHARS = 128;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_OBJECT = 0x7b;
const OPEN_LIST = 0x5b;
const CLOSE_OBJECT = 0x7d;
const CLOSE_LIST = 0x5d;
const COLON = 0x3a;
const COMMA = 0x2c;

/**
 * Reads a webhook's body to its end and keeps nothing of it but the outermost `id`, if it is a plain
 * string of at most 128 characters. Null = none, or more than we care to read.
 */
export async function readWebhookId(
  body: AsyncIterable<Uint8Array> | null,
): Promise<string | null> {
  if (body === null) return null;
  const scan = createIdScan();
  let seen = 0;
  for await (const chunk of body) {
    seen += chunk.byteLength;
    if (seen > MAX_BODY_BYTES) return null;
    for (const byte of chunk) scan.take(byte);
  }
  return scan.id();
}

/** Walks through JSON byte by byte, in constant memory. */
function createIdScan() {
  let id: string | null = null;
  let depth = 0;
  let awaitsKey = false;
  let key: string | null = null;
  let text: string | null = null;
  let inString = false;
  let escaped = false;

  function endString(): void {
    inString = false;
    if (depth !== 1) return;
    if (awaitsKey) key = text;
    else if (key === "id") id = text;
  }

  function takeInString(byte: number): void {
    if (escaped) escaped = false;
    else if (byte === QUOTE) return endString();
    else if (byte === BACKSLASH) {
      escaped = true;
      // No id has an escape in it.
      text = null;
    } else if (text !== null) {
      text = text.length < MAX_ID_CHARS ? text + String.fromCharCode(byte) : null;
    }
  }

  function takeOutside(byte: number): void {
    if (byte === QUOTE) {
      inString = true;
      text = depth === 1 ? "" : null;
    } else if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
      depth += 1;
      if (depth === 1) awaitsKey = byte === OPEN_OBJECT;
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
      depth -= 1;
    } else if (depth === 1 && byte === COLON) {
      awaitsKey = false;
    } else if (depth === 1 && byte === COMMA && key !== null) {
      awaitsKey = true;
      key = null;
    }
  }

  return {
    take(byte: number): void {
      if (inString) takeInString(byte);
      else takeOutside(byte);
    },
    id: () => id,
  };
}
