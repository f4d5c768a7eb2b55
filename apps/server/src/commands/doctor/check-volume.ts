import { randomBytes } from "node:crypto";
import {
  DeleteObjectCommand,
  GetObjectCommand,
  PutObjectCommand,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import { createS3Client } from "../../adapters/s3-client.ts";
import type { VolumeEnv } from "../../boot/gpu-env.ts";
import { broken, type Finding, ok } from "./finding.ts";

const TIMEOUT_MS = 20_000;

/** Whether a file can be brought to the volume of a volume handler, read back, and taken away again. */
export async function checkVolume(volume: VolumeEnv): Promise<Finding> {
  const { id: bucket, region, endpointUrl: endpoint, accessKeyId, secretAccessKey } = volume;
  const place = { endpoint, region, bucket, accessKeyId, secretAccessKey };
  const client = createS3Client(place, { tries: 2 });
  const name = `ob-doctor-${randomBytes(8).toString("hex")}.txt`;
  const object = { Bucket: bucket, Key: name };
  const within = { abortSignal: AbortSignal.timeout(TIMEOUT_MS) };
  try {
    await client.send(new PutObjectCommand({ ...object, Body: name }), within);
    const read = await client.send(new GetObjectCommand(object), within);
    const text = await read.Body?.transformToString();
    await client.send(new DeleteObjectCommand(object), within);
    if (text === name) return ok(`Files can be brought to the volume ${bucket} and taken away.`);
    return broken(
      `The volume ${bucket} gives back something else.`,
      "Look at the volume at RunPod.",
    );
  } catch (error) {
    return explain(bucket, error);
  } finally {
    client.destroy();
  }
}

function explain(bucket: string, error: unknown): Finding {
  const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
  const code = error instanceof Error ? error.name : "no answer";
  const says = `The volume ${bucket} cannot be used (${status ?? "no answer"}, ${code}).`;
  if (status === 401 || status === 403) {
    return broken(
      says,
      "RUNPOD_VOLUME_ACCESS_KEY_ID and its secret are an S3 API key of RunPod, not the RUNPOD_API_KEY: make one in RunPod's settings.",
    );
  }
  if (status === 404) {
    return broken(
      says,
      "Check RUNPOD_VOLUME_ID and RUNPOD_VOLUME_REGION: the volume is not there.",
    );
  }
  return broken(says, "Check RUNPOD_VOLUME_REGION; not every data center has the S3 API.");
}
