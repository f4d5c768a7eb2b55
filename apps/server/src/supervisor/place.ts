/** Where the supervisor works: folders, programs and voices that all its parts share. */
export interface Place {
  /** Absolute; exists. */
  dataDir: string;
  /** True under `npm run dev`: sources instead of builds, restarts on change. */
  isDev: boolean;
  /** Arguments of Node before the script. */
  nodeArgs: readonly string[];
  serverMain: string;
  simulatorMain: string;
  /** `scripts/vite-dev.mjs`. */
  viteDev: string;
  /** The repository's root. */
  root: string;
  /** The user's own environment. */
  environment: Record<string, string | undefined>;
  /** One progress line for people. */
  say: (line: string) => void;
  /** One JSON line. */
  log: (line: object) => void;
  /** Log lines of a child, as they are. */
  writeLog: (chunk: Buffer) => void;
  /** Aborted when everything is to end. */
  stopped: AbortSignal;
}
