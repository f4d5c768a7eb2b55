/** The token of `Authorization: Bearer …`; null = none, or an empty one. */
export function bearerToken(authorization: string | null): string | null {
  const token = /^Bearer\s+(\S+)\s*$/i.exec(authorization ?? "")?.[1];
  return token ?? null;
}
