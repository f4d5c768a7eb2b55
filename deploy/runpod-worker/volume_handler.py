"""The handler for RUNPOD_HANDLER=volume-files: pictures come and go over the network volume.

The contract is docs/volume-handler.md. `worker` is worker-comfyui's own handler module, whose ways to
reach ComfyUI and whose words for what went wrong are kept.
"""

import re
import time
import uuid
from pathlib import Path

VOLUME = Path("/runpod-volume")
INPUT_FOLDER = "ob/in"
OUTPUT_FOLDER = "ob/out"
# What a flat file name of ours may be; anything else is left alone.
FLAT_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,199}")
POLL_S = 0.25
# RunPod ends a job at its execution timeout (300 s, docs/runpod.md); this is for when it does not.
DEFAULT_TIMEOUT_S = 330


class Lost(Exception):
    """A prompt that will not end."""


def loaded_names(graph):
    """Names of the files that a graph's LoadImage nodes read."""
    nodes = [node for node in graph.values() if isinstance(node, dict)]
    loads = [n for n in nodes if str(n.get("class_type", "")).startswith("LoadImage")]
    inputs = [n.get("inputs") for n in loads]
    names = [each.get("image") for each in inputs if isinstance(each, dict)]
    return [name for name in names if isinstance(name, str) and FLAT_NAME.fullmatch(name)]


def saved_files(entry, volume):
    """Absolute paths of what a prompt's output nodes saved."""
    files = []
    for output in entry.get("outputs", {}).values():
        for image in output.get("images", []):
            if image.get("type") == "temp" or not image.get("filename"):
                continue
            files.append(volume / OUTPUT_FOLDER / image.get("subfolder", "") / image["filename"])
    return [str(path) for path in files]


def execution_errors(entry):
    """What went wrong while the graph ran, in worker-comfyui's words."""
    errors = []
    for event, data in entry.get("status", {}).get("messages", []):
        if event == "execution_error":
            errors.append(
                f"Workflow execution error: Node Type: {data.get('node_type')}, "
                f"Node ID: {data.get('node_id')}, Message: {data.get('exception_message')}"
            )
        if event == "execution_interrupted":
            errors.append("Workflow execution error: interrupted")
    return errors


def is_queued(prompt_id, queue):
    """Whether a prompt waits or runs; an entry is [number, id, graph, ...]."""
    entries = [*queue["queue_running"], *queue["queue_pending"]]
    return any(entry[1] == prompt_id for entry in entries)


def wait_for_end(prompt_id, worker, read_queue, clock, timeout_s):
    """The history entry of a prompt, once it has one. @raises Lost when it will not have one"""
    until = clock.monotonic() + timeout_s
    while True:
        # The queue is read first: a prompt that leaves it is in the history from that moment on.
        queued = is_queued(prompt_id, read_queue())
        history = worker.get_history(prompt_id)
        if prompt_id in history:
            return history[prompt_id]
        if not queued:
            raise Lost(f"Prompt {prompt_id} not found in history: ComfyUI was restarted meanwhile.")
        if clock.monotonic() >= until:
            raise Lost(f"Workflow execution error: not at its end after {timeout_s:g} s")
        clock.sleep(POLL_S)


def delete_inputs(graph, volume):
    """Deletes what a graph has read; never raises, for the result is made."""
    for name in loaded_names(graph):
        try:
            (volume / INPUT_FOLDER / name).unlink(missing_ok=True)
        except OSError as error:
            # The server deletes its inputs as well, and sweeps what is a day old.
            print(f"ob-handler - could not delete {name}: {error}")


def make_volume_handler(worker, read_queue, volume=VOLUME, clock=time, timeout_s=DEFAULT_TIMEOUT_S):
    """`read_queue` answers what ComfyUI's /queue does; `clock` has `monotonic` and `sleep`, in seconds."""

    def run(job):
        job_input = job.get("input")
        graph = job_input.get("workflow_api") if isinstance(job_input, dict) else None
        if not isinstance(graph, dict):
            return {"error": "Missing 'workflow_api' parameter"}
        try:
            prompt_id = queue_graph(worker, graph)
            entry = wait_for_end(prompt_id, worker, read_queue, clock, timeout_s)
            return result_of(prompt_id, entry, volume)
        except (Lost, ValueError) as error:
            return {"error": str(error)}
        except OSError as error:
            # What `requests` raises is an OSError too.
            return {"error": f"HTTP communication error with ComfyUI: {error}"}
        finally:
            delete_inputs(graph, volume)

    return run


def queue_graph(worker, graph):
    """The id of a graph that ComfyUI has taken. @raises Lost when no ComfyUI is there"""
    retries = worker.COMFY_API_AVAILABLE_MAX_RETRIES
    interval = worker.COMFY_API_AVAILABLE_INTERVAL_MS
    if not worker.check_server(f"http://{worker.COMFY_HOST}/", retries, interval):
        raise Lost(f"ComfyUI server ({worker.COMFY_HOST}) not reachable after multiple retries.")
    return worker.queue_workflow(graph, str(uuid.uuid4()))["prompt_id"]


def result_of(prompt_id, entry, volume):
    """A job's result, from its prompt's history entry."""
    errors = execution_errors(entry)
    if errors:
        return {"error": "Job processing failed", "details": errors}
    files = saved_files(entry, volume)
    return {"prompt_id": prompt_id, "files": files, "file_count": len(files)}
