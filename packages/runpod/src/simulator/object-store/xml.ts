import type { ListedPage } from "./bucket.ts";

const NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";
const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** The body of an error. */
export function errorXml(code: string, message: string): string {
  return `${HEAD}<Error><Code>${code}</Code><Message>${escape(message)}</Message><RequestId>simulated</RequestId></Error>`;
}

/** The body of ListObjectsV2; keys are URL-encoded where `encodesKeys`. */
export function listXml(
  page: ListedPage,
  o: { bucket: string; prefix: string; limit: number; encodesKeys: boolean },
): string {
  const keyText = (key: string): string => escape(o.encodesKeys ? encodeURIComponent(key) : key);
  const contents = page.objects.map(
    ({ key, etag, bytes, modifiedAtMs }) =>
      `<Contents><Key>${keyText(key)}</Key><LastModified>${new Date(modifiedAtMs).toISOString()}</LastModified>` +
      `<ETag>${escape(etag)}</ETag><Size>${bytes.length}</Size><StorageClass>STANDARD</StorageClass></Contents>`,
  );
  const next =
    page.nextAfter === null
      ? ""
      : `<NextContinuationToken>${Buffer.from(page.nextAfter).toString("base64url")}</NextContinuationToken>`;
  return (
    `${HEAD}<ListBucketResult xmlns="${NAMESPACE}"><Name>${escape(o.bucket)}</Name>` +
    `<Prefix>${keyText(o.prefix)}</Prefix><KeyCount>${page.objects.length}</KeyCount>` +
    `<MaxKeys>${o.limit}</MaxKeys>${o.encodesKeys ? "<EncodingType>url</EncodingType>" : ""}` +
    `<IsTruncated>${page.nextAfter !== null}</IsTruncated>${next}${contents.join("")}</ListBucketResult>`
  );
}

function escape(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
