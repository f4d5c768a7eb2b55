import { EPISODES } from "./episodes.ts";
import { runEpisodes } from "./run-episodes.ts";
const say = (line: string) => void process.stderr.write(`${line}\n`);
const only = process.argv[2];
const report = await runEpisodes({
  seed: Number(process.argv[3] ?? 1),
  episodes: EPISODES.filter((e) => only === undefined || only === "all" || e.name === only),
  scale: Number(process.argv[4] ?? 1),
  say,
});
process.stdout.write(JSON.stringify(report, null, 1) + "\n");
process.exit(0);
