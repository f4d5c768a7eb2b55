"""python3 -m unittest discover -s deploy/runpod-worker"""

import tempfile
import unittest
from pathlib import Path

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


class HandlerTest(unittest.TestCase):
    def setUp(self):
        held = tempfile.TemporaryDirectory()
        self.addCleanup(held.cleanup)
        self.folder = Path(held.name)
        for place in ("input", "output", "temp"):
            (self.folder / place).mkdir()
        self.told = []

    def put(self, *paths):
        for path in paths:
            (self.folder / path).write_bytes(b"picture")

    def left(self):
        files = [f for f in self.folder.rglob("*") if f.is_file()]
        return sorted(str(f.relative_to(self.folder)) for f in files)

    def run_job(self, run, job=None):
        tell = lambda path, body: self.told.append((path, body))
        return make_handler(run, self.folder, tell)(job or JOB)

    def test_what_a_job_brought_and_made_is_gone_after_it(self):
        self.put("input/photo-1.png", "output/ob-1_00001_.png", "temp/ob-1_00002_.png")
        result = self.run_job(lambda job: {"images": ["made"]})
        self.assertEqual(result, {"images": ["made"]})
        self.assertEqual(self.left(), [])
        self.assertEqual(self.told, [("/queue", {"clear": True}), ("/history", {"clear": True})])

    def test_files_of_others_are_left_alone(self):
        others = ["input/photo-10.png", "input/static.png", "output/ob-10_00001_.png",
                  "output/ob-1_note.txt"]
        self.put(*others)
        self.run_job(lambda job: {"images": []})
        self.assertEqual(self.left(), sorted(others))

    def test_a_job_that_failed_leaves_no_prompt_running(self):
        self.put("input/photo-1.png")
        self.run_job(lambda job: {"error": "Job processing failed"})
        self.assertEqual(self.told[0], ("/interrupt", {}))
        self.assertEqual(self.left(), [])

    def test_a_handler_that_raises_is_cleaned_up_after_and_raises_on(self):
        self.put("input/photo-1.png")

        def run(job):
            raise RuntimeError("ComfyUI died")

        with self.assertRaisesRegex(RuntimeError, "ComfyUI died"):
            self.run_job(run)
        self.assertEqual(self.left(), [])
        self.assertEqual(self.told[0], ("/interrupt", {}))

    def test_a_comfyui_that_does_not_answer_costs_no_result(self):
        def tell(path, body):
            raise OSError("connection refused")

        handler = make_handler(lambda job: {"images": ["made"]}, self.folder, tell)
        self.assertEqual(handler(JOB), {"images": ["made"]})

    def test_an_input_of_any_shape_is_borne(self):
        for job_input in (None, "text", [], {"images": "no"}, {"images": [1], "workflow": [2]},
                          {"workflow": {"1": None, "2": {"inputs": None}}}):
            with self.subTest(job_input=job_input):
                self.run_job(lambda job: {"error": "bad input"}, {"input": job_input})


if __name__ == "__main__":
    unittest.main()
