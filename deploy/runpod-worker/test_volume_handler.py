"""python3 -m unittest discover -s deploy/runpod-worker"""

import contextlib
import io
import tempfile
import unittest
from pathlib import Path
from types import SimpleNamespace

from volume_handler import make_volume_handler

GRAPH = {
    "78": {"class_type": "LoadImage", "inputs": {"image": "photo-1.png"}},
    "79": {"class_type": "LoadImageMask", "inputs": {"image": "../secret"}},
    "60": {"class_type": "SaveImage", "inputs": {"filename_prefix": "ob-1"}},
}
SUCCESS = {
    "outputs": {"60": {"images": [
        {"filename": "ob-1_00001_.png", "subfolder": "", "type": "output"},
        {"filename": "look.png", "subfolder": "", "type": "temp"},
    ]}},
    "status": {"messages": [["execution_success", {}]]},
}


class VolumeHandlerTest(unittest.TestCase):
    def setUp(self):
        held = tempfile.TemporaryDirectory()
        self.addCleanup(held.cleanup)
        self.volume = Path(held.name)
        (self.volume / "ob/in").mkdir(parents=True)
        self.photo = self.volume / "ob/in/photo-1.png"
        self.photo.write_bytes(b"picture")
        self.answers = [{}, {}, {"id-1": SUCCESS}]
        self.queue = {"queue_running": [[0, "id-0", {}]], "queue_pending": [[1, "id-1", {}]]}
        self.at = 0
        self.worker = SimpleNamespace(
            COMFY_HOST="127.0.0.1:8188",
            COMFY_API_AVAILABLE_MAX_RETRIES=0,
            COMFY_API_AVAILABLE_INTERVAL_MS=50,
            check_server=lambda *_: True,
            queue_workflow=lambda graph, client_id: {"prompt_id": "id-1"},
            get_history=lambda prompt_id: self.answers.pop(0),
        )

    def run_job(self, job_input):
        clock = SimpleNamespace(monotonic=lambda: self.at, sleep=self.sleep)
        run = make_volume_handler(self.worker, lambda: self.queue, self.volume, clock)
        with contextlib.redirect_stdout(io.StringIO()):
            return run({"id": "job", "input": job_input})

    def sleep(self, seconds):
        self.at += seconds

    def test_files_are_absolute_paths_on_the_volume_and_inputs_are_gone(self):
        path = str(self.volume / "ob/out/ob-1_00001_.png")
        self.assertEqual(
            self.run_job({"workflow_api": GRAPH}),
            {"prompt_id": "id-1", "files": [path], "file_count": 1},
        )
        self.assertFalse(self.photo.exists())
        self.assertEqual(self.answers, [])

    def test_a_graph_that_is_not_there_is_said_so(self):
        for job_input in (None, "x", {}, {"workflow_api": []}):
            self.assertEqual(self.run_job(job_input), {"error": "Missing 'workflow_api' parameter"})

    def test_a_refused_graph_keeps_the_words_of_the_refusal(self):
        def refuse(graph, client_id):
            raise ValueError("Workflow validation failed:\n• Node 37 (errors): []")

        self.worker.queue_workflow = refuse
        result = self.run_job({"workflow_api": GRAPH})
        self.assertTrue(result["error"].startswith("Workflow validation failed"))
        self.assertFalse(self.photo.exists())

    def test_a_failed_run_names_the_node(self):
        error = {"node_type": "KSampler", "node_id": "3", "exception_message": "out of memory"}
        self.answers = [{"id-1": {"status": {"messages": [["execution_error", error]]}}}]
        self.assertEqual(self.run_job({"workflow_api": GRAPH}), {
            "error": "Job processing failed",
            "details": ["Workflow execution error: Node Type: KSampler, Node ID: 3, "
                        "Message: out of memory"],
        })

    def test_a_comfyui_that_dies_is_an_error_and_the_input_goes_all_the_same(self):
        def die(prompt_id):
            raise ConnectionError("refused")

        self.worker.get_history = die
        result = self.run_job({"workflow_api": GRAPH})
        self.assertEqual(result["error"], "HTTP communication error with ComfyUI: refused")
        self.assertFalse(self.photo.exists())

    def test_a_prompt_that_a_restarted_comfyui_has_forgotten_is_an_error(self):
        self.queue = {"queue_running": [], "queue_pending": []}
        result = self.run_job({"workflow_api": GRAPH})
        self.assertIn("Prompt id-1 not found in history", result["error"])
        self.assertEqual((self.at, self.photo.exists()), (0, False))

    def test_a_prompt_that_ends_between_two_looks_is_not_taken_for_a_forgotten_one(self):
        self.queue = {"queue_running": [], "queue_pending": []}
        self.answers = [{"id-1": SUCCESS}]
        self.assertEqual(self.run_job({"workflow_api": GRAPH})["file_count"], 1)

    def test_a_prompt_that_never_ends_is_given_up_a_little_after_the_execution_timeout(self):
        self.worker.get_history = lambda prompt_id: {}
        result = self.run_job({"workflow_api": GRAPH})
        self.assertEqual(result["error"], "Workflow execution error: not at its end after 330 s")
        self.assertTrue(300 < self.at < 340)
        self.assertFalse(self.photo.exists())

    def test_an_input_that_cannot_be_deleted_costs_no_result_and_keeps_no_other(self):
        self.photo.unlink()
        self.photo.mkdir()
        other = self.volume / "ob/in/photo-2.png"
        other.write_bytes(b"picture")
        graph = {**GRAPH, "80": {"class_type": "LoadImage", "inputs": {"image": "photo-2.png"}}}
        self.assertEqual(self.run_job({"workflow_api": graph})["file_count"], 1)
        self.assertFalse(other.exists())


if __name__ == "__main__":
    unittest.main()
