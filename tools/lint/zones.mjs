// Who may import whom (docs/development.md). The first zone whose folder holds a file is the file's zone.

/**
 * `may`: zones it may import. `mayType`: zones it may import types of. `pure`: no I/O, no clock, no
 * randomness, and of npm only `packages`. `isolated`: its subfolders never import each other.
 */
export const ZONES = [
  // node:crypto: hashes are arithmetic, they only happen to live there.
  {
    name: "workflow",
    folder: "packages/workflow/src",
    may: [],
    pure: true,
    packages: ["zod", "node:crypto"],
  },
  { name: "imaging", folder: "packages/imaging/src", may: ["workflow"] },
  {
    name: "simulator",
    folder: "packages/runpod/src/simulator",
    may: ["runpod", "workflow", "imaging"],
  },
  { name: "runpod", folder: "packages/runpod/src", may: [], mayType: ["workflow"] },
  { name: "db", folder: "packages/db/src", may: ["workflow"] },
  {
    name: "domain",
    folder: "packages/api/src/domain",
    may: ["workflow"],
    mayType: ["contract", "runpod"],
    pure: true,
    packages: ["zod", "@ob/workflow", "@ob/runpod"],
  },
  { name: "contract", folder: "packages/api/src/contract", may: ["domain", "workflow"] },
  {
    name: "services",
    folder: "packages/api/src/services",
    may: ["domain", "contract", "db", "runpod", "workflow", "imaging"],
  },
  {
    name: "routers",
    folder: "packages/api/src/routers",
    may: ["services", "domain", "contract"],
    mayType: ["workflow", "runpod"],
  },
  {
    name: "client",
    folder: "packages/api/src/client",
    may: ["domain", "contract"],
    mayType: ["routers"],
  },
  { name: "api-testing", folder: "packages/api/src/testing", may: "everything" },
  {
    name: "api",
    folder: "packages/api/src",
    may: ["routers", "services", "domain", "contract", "client"],
    mayType: ["db", "runpod", "workflow", "imaging"],
  },
  {
    name: "server",
    folder: "apps/server/src",
    may: ["api", "db", "runpod", "imaging", "workflow"],
  },
  {
    name: "web-features",
    folder: "apps/web/src/features",
    may: ["web-shared", "workflow"],
    mayType: ["api"],
    isolated: true,
  },
  { name: "web-shared", folder: "apps/web/src/shared", may: ["workflow"], mayType: ["api"] },
  { name: "web-testing", folder: "apps/web/src/testing", may: "everything" },
  {
    name: "web",
    folder: "apps/web/src",
    may: ["web-features", "web-shared", "workflow"],
    mayType: ["api"],
  },
  { name: "examples", folder: "examples", may: ["client"] },
  { name: "bench", folder: "bench", may: "everything" },
];

/** Package names as others write them, most specific first. */
const PACKAGES = {
  "@ob/runpod/simulator": "simulator",
  "@ob/api/client": "client",
  "@ob/api/testing": "api-testing",
  "@ob/workflow": "workflow",
  "@ob/imaging": "imaging",
  "@ob/runpod": "runpod",
  "@ob/db": "db",
  "@ob/api": "api",
  "@ob/server": "server",
  "@ob/web": "web",
};

/** The zone of a file path relative to the root; null outside every zone. */
export function zoneOfFile(path) {
  return ZONES.find((zone) => path.startsWith(`${zone.folder}/`)) ?? null;
}

/** The zone a package import leads to; null for npm and node. */
export function zoneOfPackage(specifier) {
  const name = Object.keys(PACKAGES).find(
    (key) => specifier === key || specifier.startsWith(`${key}/`),
  );
  return name === undefined ? null : (ZONES.find((zone) => zone.name === PACKAGES[name]) ?? null);
}

/** Tests may reach for anything; the rules are for what ships. */
export function isTestFile(path) {
  return /\.test\.tsx?$|(^|\/)(test|e2e)\//.test(path);
}
