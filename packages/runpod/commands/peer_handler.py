"""A tiny handler for the official SDK's local server: it ends as its input says, as workers do."""

import runpod


def handler(job):
    wanted = job["input"]["end"]
    if wanted == "raise":
        raise RuntimeError("CUDA out of memory")
    return job["input"].get("returns")


runpod.serverless.start({"handler": handler})
