"""worker-comfyui's handler, and after each job nothing of it left on the worker.

worker-comfyui keeps every input, output and instruction on the disk and in the history of a warm
worker, where the next person's job runs. This handler runs it unchanged and then deletes what the job
brought and made. A job that failed may have left its prompt running: it is interrupted, or the next
job would wait behind it (a worker has one job at a time, so nothing else can be hit). Files are deleted
last, when ComfyUI has come to rest: until then a prompt may still write its picture.
"""

import json
import os
import re
import time
import urllib.request
from pathlib import Path

COMFYUI = os.environ.get("COMFYUI_FOLDER", "/comfyui")
COMFYUI_URL = "http://127.0.0.1:8188"
# What a flat file name of ours may be; anything else is left alone.
FLAT_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,199}")
# How long an interrupted prompt may take to end: a node that is at work looks up between two steps.
REST_WITHIN_S = 10
REST_POLL_S = 0.1


def uploaded_names(job_input):
    """Names of the pictures a job brought."""
    images = job_input.get("images") if isinstance(job_input, dict) else None
    names = [image.get("name") for image in images or [] if isinstance(image, dict)]
    return [name for name in names if isinstance(name, str) and FLAT_NAME.fullmatch(name)]


def output_prefixes(job_input):
    """The prefixes under which a job's graph saves."""
    graph = job_input.get("workflow") if isinstance(job_input, dict) else None
    nodes = graph.values() if isinstance(graph, dict) else []
    inputs = [node.get("inputs") for node in nodes if isinstance(node, dict)]
    prefixes = [each.get("filename_prefix") for each in inputs if isinstance(each, dict)]
    return [p for p in prefixes if isinstance(p, str) and FLAT_NAME.fullmatch(p)]


def leftovers(job_input, folder):
    """The files a job has left in ComfyUI's folders."""
    files = [folder / "input" / name for name in uploaded_names(job_input)]
    for prefix in output_prefixes(job_input):
        for place in ("output", "temp"):
            # ComfyUI's own numbering follows the prefix: another job's longer prefix does not match.
            numbered = re.compile(re.escape(prefix) + r"_\d{5,}_\.\w+")
            if (folder / place).is_dir():
                files += [f for f in (folder / place).iterdir() if numbered.fullmatch(f.name)]
    return files


def delete_leftovers(job_input, folder):
    for path in leftovers(job_input, folder):
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            # The job has its result; what stays behind is for the operator to see.
            print(f"ob-handler - could not delete {path.name}: {error}")


def tell_comfyui(path, body=None):
    """Posts `body` as JSON, or asks when there is none; what ComfyUI answers, None for an empty answer."""
    request = urllib.request.Request(
        COMFYUI_URL + path,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=5) as answer:
        text = answer.read()
    return json.loads(text) if text else None


def try_to_tell(tell, path, body):
    try:
        tell(path, body)
    except Exception as error:
        print(f"ob-handler - {path} failed: {error}")


def wait_for_rest(tell, clock):
    """Waits until ComfyUI draws nothing, or is gone."""
    until = clock.monotonic() + REST_WITHIN_S
    while True:
        try:
            if not tell("/queue", None)["queue_running"]:
                return
        except Exception as error:
            # `reason` is where urllib keeps what really happened.
            if isinstance(getattr(error, "reason", error), ConnectionError):
                print(f"ob-handler - ComfyUI is gone: {error}")
                return
            print(f"ob-handler - /queue failed: {error}")
        if clock.monotonic() >= until:
            print(f"ob-handler - ComfyUI still draws {REST_WITHIN_S} s after the job")
            return
        clock.sleep(REST_POLL_S)


def clean_up(job, result, folder, tell, clock):
    """Leaves the worker as the job found it; never raises, for the result is made."""
    # What waits goes first, or the interrupt would only let the next one begin.
    try_to_tell(tell, "/queue", {"clear": True})
    if not isinstance(result, dict) or "error" in result:
        try_to_tell(tell, "/interrupt", {})
    wait_for_rest(tell, clock)
    # The history holds every instruction word for word; a prompt enters it when it ends.
    try_to_tell(tell, "/history", {"clear": True})
    delete_leftovers(job.get("input"), folder)


def make_handler(run, folder=Path(COMFYUI), tell=tell_comfyui, clock=time):
    """Wraps worker-comfyui's `handler`. `clock` has `monotonic` and `sleep`, in seconds."""

    def handler(job):
        result = None
        try:
            result = run(job)
            return result
        finally:
            clean_up(job, result, folder, tell, clock)

    return handler


if __name__ == "__main__":
    import runpod

    import worker_comfyui_handler as worker

    run_job = worker.handler
    if os.environ.get("OB_HANDLER") == "volume-files":
        from volume_handler import DEFAULT_TIMEOUT_S, make_volume_handler

        timeout_s = float(os.environ.get("OB_JOB_TIMEOUT_S") or DEFAULT_TIMEOUT_S)
        run_job = make_volume_handler(worker, lambda: tell_comfyui("/queue"), timeout_s=timeout_s)
    runpod.serverless.start({"handler": make_handler(run_job)})
