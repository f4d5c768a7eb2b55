import { accessSync, constants, mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { ROOT, toolEnvironment } from "./paths.mjs";

// What npm tells its scripts about itself; pnpm and turbo would take some of it for their own settings.
const NPM_OWN =
  /^npm_(package|lifecycle)_|^npm_(command|node_execpath)$|^npm_config_(user_agent|prefix|local_prefix|global_prefix|noproxy|node_gyp|init_module|globalconfig|npm_version|loglevel)$/;

/** The environment for npm, pnpm and turbo: pinned tools first, and a home folder they can write. */
export function bootstrapEnvironment(environment) {
  const own = Object.entries(environment).filter(([name]) => !NPM_OWN.test(name));
  const env = toolEnvironment(Object.fromEntries(own));
  if (isWritable(homedir())) return env;
  const home = join(ROOT, ".cache/home");
  mkdirSync(home, { recursive: true });
  const rest = Object.entries(env).filter(([name]) => !name.startsWith("XDG_"));
  return { ...Object.fromEntries(rest), HOME: home, npm_config_cache: join(home, ".npm") };
}

function isWritable(folder) {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
