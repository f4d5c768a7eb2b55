import { createHash } from "node:crypto";

/** Everybody, in basis points: what a version without a row has. */
export const WHOLE_SHARE = 10_000;

/** Basis points by service version, as an operator set them. */
export type VersionShares = ReadonlyMap<string, number>;

/** The share of a version in basis points, 0 to 10,000; 0 = withdrawn. */
export function shareOf(shares: VersionShares, version: string): number {
  return shares.get(version) ?? WHOLE_SHARE;
}

/**
 * Where an owner stands among all, 0 to 9,999, the same for ever; drawn anew for each version, so
 * that it is not always the same owners who get the new first.
 */
export function bucketOf(ownerId: string, version: string): number {
  const digest = createHash("sha256").update(`${ownerId}:${version}`).digest();
  return Math.floor((digest.readUInt32BE() / 2 ** 32) * WHOLE_SHARE);
}

/**
 * The version of one service that an owner gets for new jobs: the newest whose share he is in. Who
 * is in none gets the live one of the largest share, the newest of equals: he is never left without
 * the service, and a small share stays small. Nobody known (null) gets what everybody gets.
 * @param versions of one service, in the order of release
 * @returns null when every version is withdrawn
 */
export function chooseVersion<Version extends { readonly version: string }>(
  versions: readonly Version[],
  shares: VersionShares,
  ownerId: string | null,
): Version | null {
  const live = versions.filter(({ version }) => shareOf(shares, version) > 0).toReversed();
  const his = live.find(({ version }) => {
    const bucket = ownerId === null ? WHOLE_SHARE - 1 : bucketOf(ownerId, version);
    return shareOf(shares, version) > bucket;
  });
  if (his !== undefined) return his;
  const largest = Math.max(...live.map(({ version }) => shareOf(shares, version)));
  return live.find(({ version }) => shareOf(shares, version) === largest) ?? null;
}
