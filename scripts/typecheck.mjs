// tsc over every package, through turbo: what did not change is not checked again.
import { runTurbo } from "./bootstrap/build.mjs";

process.exitCode = (await runTurbo(["typecheck"], { env: process.env })) === 0 ? 0 : 1;
