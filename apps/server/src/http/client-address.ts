/**
 * The caller's address: the socket's, unless proxies of ours stand in front; then the entry of
 * X-Forwarded-For that the outermost of them wrote. What a caller put before it is never believed.
 */
export function clientAddress(request: {
  socketAddress: string | undefined;
  forwardedFor: string | null;
  trustedProxyHops: number;
}): string {
  const socketAddress = request.socketAddress ?? "0.0.0.0";
  if (request.trustedProxyHops === 0 || request.forwardedFor === null) return socketAddress;
  const entries = request.forwardedFor.split(",").map((entry) => entry.trim());
  const told = entries.at(-request.trustedProxyHops);
  return told !== undefined && /^[0-9a-fA-F:.]{2,45}$/.test(told) ? told : socketAddress;
}
