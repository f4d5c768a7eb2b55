import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";

export type Disposition = "inline" | "attachment";

/** What a signed path allows. */
export type Grant =
  | { readonly kind: "read"; readonly key: string; readonly disposition: Disposition }
  | { readonly kind: "write"; readonly uploadId: string };

export type GrantVerdict = "good" | "expired" | "forged";

/** What a path claims of its grant. */
export interface GrantClaim {
  readonly expirySeconds: number;
  readonly signature: string;
}

/** Signs and checks the part of a file path that grants access: `<expiry>.<what>.<signature>`. */
export interface FileGrants {
  sign(grant: Grant, expiresAt: Date): string;
  /** Compares in constant time; a forged one is never reported as expired. */
  verify(grant: Grant, claim: GrantClaim, now: Date): GrantVerdict;
}

/** How a grant names itself in the path. */
export const GRANT_WORD = { inline: "i", attachment: "a", write: "put" } as const;

/** Grants under a key of their own, derived from the server's secret. */
export function createFileGrants(secret: string): FileGrants {
  const key = Buffer.from(hkdfSync("sha256", secret, "", "ob-ai-studio file urls v1", 32));
  const signature = (grant: Grant, expirySeconds: number): Buffer =>
    createHmac("sha256", key).update(statement(grant, expirySeconds)).digest();
  return {
    sign(grant, expiresAt) {
      const expirySeconds = Math.floor(expiresAt.getTime() / 1000);
      return `${expirySeconds}.${wordOf(grant)}.${signature(grant, expirySeconds).toString("base64url")}`;
    },
    verify(grant, { expirySeconds, signature: given }, now) {
      const expected = signature(grant, expirySeconds);
      const actual = Buffer.from(given, "base64url");
      if (actual.length !== expected.length || !timingSafeEqual(actual, expected)) return "forged";
      return expirySeconds * 1000 > now.getTime() ? "good" : "expired";
    },
  };
}

/** Unambiguous: none of the parts can hold a line break. */
function statement(grant: Grant, expirySeconds: number): string {
  const subject = grant.kind === "read" ? grant.key : grant.uploadId;
  return `${grant.kind}\n${wordOf(grant)}\n${expirySeconds}\n${subject}`;
}

function wordOf(grant: Grant): string {
  return grant.kind === "read" ? GRANT_WORD[grant.disposition] : GRANT_WORD.write;
}
