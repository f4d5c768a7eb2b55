/** Failures that by their nature come before the first byte of a request. */
const NEVER_SENT_CODES: ReadonlySet<string> = new Set([
  "ENOTFOUND",
  "EAI_AGAIN",
  "EAI_FAIL",
  "ECONNREFUSED",
  "UND_ERR_CONNECT_TIMEOUT",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "CERT_HAS_EXPIRED",
  "CERT_NOT_YET_VALID",
  "CERT_REVOKED",
  "ERR_TLS_CERT_ALTNAME_INVALID",
  "ERR_SSL_WRONG_VERSION_NUMBER",
]);

const LONGEST_CAUSE_CHAIN = 8;

/**
 * Whether a failed `fetch` surely sent nothing: name lookup, connect or certificate check failed.
 * A reset or a timeout on an open connection proves nothing and answers `false`.
 */
export function failedBeforeSend(error: unknown): boolean {
  return isConnectFailure(error, 0);
}

function isConnectFailure(error: unknown, depth: number): boolean {
  if (!(error instanceof Error) || depth > LONGEST_CAUSE_CHAIN) return false;
  // Several addresses were tried: only if every one of them failed to connect was nothing sent.
  if (error instanceof AggregateError && error.errors.length > 0) {
    return error.errors.every((each) => isConnectFailure(each, depth + 1));
  }
  const code = "code" in error && typeof error.code === "string" ? error.code : null;
  if (code !== null && NEVER_SENT_CODES.has(code)) return true;
  if ("syscall" in error && error.syscall === "connect") return true;
  return isConnectFailure(error.cause, depth + 1);
}
