/** Whether `GET url` answers 200 within `timeoutMs`. */
export async function answersOk(
  url: string,
  o: { timeoutMs: number; headers?: Record<string, string> },
): Promise<boolean> {
  try {
    const response = await fetch(url, {
      signal: AbortSignal.timeout(o.timeoutMs),
      headers: o.headers ?? {},
    });
    await response.body?.cancel();
    return response.status === 200;
  } catch {
    return false;
  }
}
