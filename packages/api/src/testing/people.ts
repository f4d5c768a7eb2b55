import { createHash, randomUUID } from "node:crypto";
import { assets, ownerCreateV1 } from "@ob/db";
import type { CallerContext, ServiceContext } from "../services/context.ts";
import { assetMoments } from "../services/uploads/put-asset.ts";
import { makePng } from "./png.ts";

export interface NewAsset {
  readonly kind: "image" | "mask";
  readonly width: number;
  readonly height: number;
  /** @default a plain picture, or a mask with its middle painted */
  readonly bytes?: Uint8Array;
  /** @default the middle */
  readonly maskBounds?: { x: number; y: number; width: number; height: number } | null;
}

/** Adds owners and their pictures, past uploads. */
export function createPeople(services: ServiceContext) {
  return {
    async addOwner(credits: number): Promise<CallerContext> {
      const ownerId = randomUUID();
      await ownerCreateV1(services.sql, {
        ownerId,
        kind: "guest",
        welcomeCredits: credits,
        address: null,
        grantsPerHour: 0,
        transferId: randomUUID(),
        now: services.now(),
      });
      return { services, ownerId, requestId: "test", origin: "http://studio.test" };
    },
    async addAsset(caller: CallerContext, asset: NewAsset): Promise<string> {
      const { kind, width, height } = asset;
      const bytes = asset.bytes ?? plainPicture(asset);
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      const id = randomUUID();
      const [objectKey, previewKey] = [
        `assets/${id}/${sha256}.png`,
        `previews/${id}/${sha256}.webp`,
      ];
      await services.store.put(objectKey, bytes, "image/png");
      await services.store.put(previewKey, bytes, "image/webp");
      const middle = {
        x: width >> 2,
        y: height >> 2,
        width: width >> 1,
        height: height >> 1,
      };
      const { maskBounds = middle } = asset;
      await services.db.insert(assets).values({
        id,
        kind,
        width,
        height,
        sha256,
        objectKey,
        previewKey,
        ownerId: caller.ownerId,
        contentType: "image/png",
        bytes: bytes.byteLength,
        maskBounds: kind === "mask" ? maskBounds : null,
        maskCoverage: kind === "mask" ? 0.25 : null,
        ...assetMoments(services.now()),
      });
      return id;
    },
  };
}

function plainPicture({ kind, width, height }: NewAsset): Uint8Array {
  return makePng(width, height, (x, y) => {
    const inside = Math.abs(x * 2 - width) < width / 2 && Math.abs(y * 2 - height) < height / 2;
    if (kind === "mask") return [inside ? 255 : 0];
    return [(x * 2) % 256, (y * 3) % 256, 90];
  });
}
