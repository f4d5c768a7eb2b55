/** What a request is answered with. */
export interface S3Answer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: Buffer | string | null;
}

export function plain(status: number, headers: Record<string, string> = {}): S3Answer {
  return { status, headers, body: null };
}

export function xml(status: number, body: string): S3Answer {
  return { status, headers: { "content-type": "application/xml" }, body };
}
