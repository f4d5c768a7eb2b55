import { describe } from "vitest";
import type { BackendUnderTest } from "./gpu-backend-contract/backend-under-test.ts";
import { describeFollowing } from "./gpu-backend-contract/following.ts";
import { describePictures } from "./gpu-backend-contract/pictures.ts";
import { describeSending } from "./gpu-backend-contract/sending.ts";

/** The rules every GPU backend keeps, whatever it talks to. */
export function describeGpuBackend(name: string, setup: () => Promise<BackendUnderTest>): void {
  describe(`${name} as a GPU backend`, () => {
    describePictures(setup);
    describeSending(setup);
    describeFollowing(setup);
  });
}
