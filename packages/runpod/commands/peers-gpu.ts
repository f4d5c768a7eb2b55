import { checkPeerComfyui } from "./check-peer-comfyui.ts";
import { checkPeerSdk, type PeerReport } from "./check-peer-sdk.ts";
import { NoPeer, startPeerSdk } from "./peer-sdk.ts";

// `npm run peers:gpu`: by hand. Holds our client against RunPod's own SDK (needs python3 and PyPI) and,
// where PEER_COMFYUI_URL names one, against a real ComfyUI with the models. One JSON document; exit code
// 0: they agree; 1: they do not; 2: a peer could not be had, which is no pass.

// oxlint-disable-next-line ob/env-in-one-place -- a command run by hand; no part of the service
const comfyuiUrl = process.env["PEER_COMFYUI_URL"] ?? "";

const reports: PeerReport[] = [];
const missing: string[] = [];

try {
  await using peer = await startPeerSdk();
  reports.push(await checkPeerSdk(peer));
} catch (error) {
  if (!(error instanceof NoPeer)) throw error;
  missing.push(error.message);
}
if (comfyuiUrl === "") missing.push("PEER_COMFYUI_URL is not set: no ComfyUI was asked.");
else reports.push(await checkPeerComfyui(comfyuiUrl));

process.stdout.write(`${JSON.stringify({ reports, missing }, null, 2)}\n`);
if (reports.some(({ differed }) => differed.length > 0)) process.exitCode = 1;
else if (missing.length > 0) process.exitCode = 2;
