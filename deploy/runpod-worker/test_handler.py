"""python3 -m unittest discover -s deploy/runpod-worker"""

import contextlib
import http.server
import io
import json
import tempfile
import threading
import unittest
from pathlib import Path
from unittest import mock

import handler
from handler import make_handler

JOB = {
    "id": "job",
    "input": {
        "images": [{"name": "photo-1.png", "image": "aaaa"}, {"name": "../../etc/passwd"}],
        "workflow": {
            "60": {"class_type": "SaveImage", "inputs": {"filename_prefix": "ob-1"}},
            "61": {"class_type": "SaveImage", "inputs": {"filename_prefix": "../ob"}},
        },
    },
}


class Comfyui(http.server.BaseHTTPRequestHandler):
    """Answers as ComfyUI does: the queue as JSON, an order with nothing."""

    def do_GET(self):
        self.answer(None, b'{"queue_running": [], "queue_pending": []}')

    def do_POST(self):
        self.answer(json.loads(self.rfile.read(int(self.headers["Content-Length"]))), b"")

    def answer(self, body, text):
        self.server.asked.append((self.command, self.path, body))
        self.send_response(200)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_):
        pass


class Clock:
    """Time that passes while somebody sleeps, and not otherwise."""

    def __init__(self):
        self.at = 0

    def monotonic(self):
        return self.at

    def sleep(self, seconds):
        self.at += seconds


class HandlerTest(unittest.TestCase):
    def setUp(self):
        held = tempfile.TemporaryDirectory()
        self.addCleanup(held.cleanup)
        self.folder = Path(held.name)
        for place in ("input", "output", "temp"):
            (self.folder / place).mkdir()
        self.told = []
        self.clock = Clock()

    def put(self, *paths):
        for path in paths:
            (self.folder / path).write_bytes(b"picture")

    def left(self):
        files = [f for f in self.folder.rglob("*") if f.is_file()]
        return sorted(str(f.relative_to(self.folder)) for f in files)

    def tell(self, path, body):
        """A ComfyUI at rest."""
        self.told.append((path, body))
        return {"queue_running": [], "queue_pending": []} if body is None else None

    def run_job(self, run, job=None, tell=None):
        with contextlib.redirect_stdout(io.StringIO()):
            return make_handler(run, self.folder, tell or self.tell, self.clock)(job or JOB)

    def test_what_a_job_brought_and_made_is_gone_after_it(self):
        self.put("input/photo-1.png", "output/ob-1_00001_.png", "temp/ob-1_00002_.png")
        result = self.run_job(lambda job: {"images": ["made"]})
        self.assertEqual(result, {"images": ["made"]})
        self.assertEqual(self.left(), [])
        self.assertEqual(self.told, [("/queue", {"clear": True}), ("/queue", None),
                                     ("/history", {"clear": True})])

    def test_files_of_others_are_left_alone(self):
        others = ["input/photo-10.png", "input/static.png", "output/ob-10_00001_.png",
                  "output/ob-1_note.txt"]
        self.put(*others)
        self.run_job(lambda job: {"images": []})
        self.assertEqual(self.left(), sorted(others))

    def test_a_job_that_failed_leaves_no_prompt_running(self):
        self.put("input/photo-1.png")
        self.run_job(lambda job: {"error": "Job processing failed"})
        # What waits goes before the interrupt, which would only let it begin.
        self.assertEqual(self.told, [("/queue", {"clear": True}), ("/interrupt", {}),
                                     ("/queue", None), ("/history", {"clear": True})])
        self.assertEqual(self.left(), [])

    def test_what_a_prompt_writes_while_it_is_being_interrupted_is_gone_too(self):
        history = []

        def tell(path, body):
            self.tell(path, body)
            if body is not None:
                if path == "/history":
                    history.clear()
                return None
            if self.clock.at < 3:
                return {"queue_running": [[0, "id", {}]], "queue_pending": []}
            # The node that was at work when the interrupt came: it writes, then the prompt ends.
            self.put("output/ob-1_00001_.png", "input/photo-1.png")
            history.append("the instruction")
            return {"queue_running": [], "queue_pending": []}

        self.run_job(lambda job: {"error": "Job processing failed"}, tell=tell)
        self.assertEqual((self.left(), history), ([], []))

    def test_a_prompt_that_does_not_end_is_waited_for_ten_seconds(self):
        def tell(path, body):
            self.told.append((path, body))
            return {"queue_running": [[0, "id", {}]], "queue_pending": []}

        self.put("input/photo-1.png")
        self.run_job(lambda job: {"error": "Job processing failed"}, tell=tell)
        self.assertAlmostEqual(self.clock.at, 10, delta=0.2)
        self.assertEqual(self.told[-1], ("/history", {"clear": True}))
        self.assertEqual(self.left(), [])

    def test_a_handler_that_raises_is_cleaned_up_after_and_raises_on(self):
        self.put("input/photo-1.png")

        def run(job):
            raise RuntimeError("ComfyUI died")

        with self.assertRaisesRegex(RuntimeError, "ComfyUI died"):
            self.run_job(run)
        self.assertEqual(self.left(), [])
        self.assertIn(("/interrupt", {}), self.told)

    def test_a_comfyui_that_does_not_answer_costs_no_result(self):
        for answer in (TimeoutError("timed out"), None, [], {}):
            with self.subTest(answer=answer):
                self.put("input/photo-1.png")
                is_error = isinstance(answer, Exception)
                tell = mock.Mock(**{"side_effect" if is_error else "return_value": answer})
                made = self.run_job(lambda job: {"images": ["made"]}, tell=tell)
                self.assertEqual((made, self.left()), ({"images": ["made"]}, []))

    def test_a_comfyui_that_has_died_is_not_waited_for(self):
        with http.server.HTTPServer(("127.0.0.1", 0), Comfyui) as closed:
            url = f"http://127.0.0.1:{closed.server_port}"
        with mock.patch.object(handler, "COMFYUI_URL", url):
            made = self.run_job(lambda job: {"images": ["made"]}, tell=handler.tell_comfyui)
        self.assertEqual((made, self.clock.at), ({"images": ["made"]}, 0))

    def test_a_comfyui_is_asked_and_told_over_http(self):
        server = http.server.HTTPServer(("127.0.0.1", 0), Comfyui)
        server.asked = []
        threading.Thread(target=lambda: server.serve_forever(0.01), daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        with mock.patch.object(handler, "COMFYUI_URL", f"http://127.0.0.1:{server.server_port}"):
            self.run_job(lambda job: {"error": "failed"}, tell=handler.tell_comfyui)
        self.assertEqual(server.asked, [
            ("POST", "/queue", {"clear": True}), ("POST", "/interrupt", {}), ("GET", "/queue", None),
            ("POST", "/history", {"clear": True}),
        ])

    def test_an_input_of_any_shape_is_borne(self):
        for job_input in (None, "text", [], {"images": "no"}, {"images": [1], "workflow": [2]},
                          {"workflow": {"1": None, "2": {"inputs": None}}}):
            with self.subTest(job_input=job_input):
                self.run_job(lambda job: {"error": "bad input"}, {"input": job_input})


if __name__ == "__main__":
    unittest.main()
