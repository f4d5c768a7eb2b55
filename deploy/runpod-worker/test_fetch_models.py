"""python3 -m unittest discover -s deploy/runpod-worker"""

import contextlib
import hashlib
import http.server
import io
import json
import os
import tempfile
import threading
import unittest
from pathlib import Path
from unittest import mock

import fetch_models

BODY = bytes(range(256)) * 4096
SHA256 = hashlib.sha256(BODY).hexdigest()


class Publisher(http.server.BaseHTTPRequestHandler):
    """Hands out one file as Hugging Face does: a redirect that names its figures, then its storage."""

    def do_HEAD(self):
        self.server.tokens.append((self.path, self.headers.get("Authorization")))
        if self.server.refusals > 0:
            self.server.refusals -= 1
            self.send_error(503)
            return
        self.send_response(302)
        self.send_header("Location", "/storage")
        if self.server.publishes:
            self.send_header("X-Linked-Size", str(len(BODY)))
            self.send_header("X-Linked-Etag", f'"{SHA256}"')
        self.end_headers()

    def do_GET(self):
        self.server.tokens.append((self.path, self.headers.get("Authorization")))
        if self.path != "/storage":
            self.send_response(302)
            # Another name of this machine: to urllib and to a token it is somebody else's.
            self.send_header("Location", f"http://localhost:{self.server.server_port}/storage")
            self.end_headers()
            return
        asked = self.headers.get("Range")
        start = int(asked.split("=")[1].rstrip("-")) if asked else 0
        self.server.asked.append(start)
        body = self.server.body[start:]
        self.send_response(206 if asked else 200)
        if self.server.chunked:
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            self.send_chunk(body)
            return
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        # Breaks off in the middle as often as it is told to.
        broken = self.server.breaks > 0
        self.server.breaks -= 1
        self.wfile.write(body[: len(body) // 2] if broken else body)

    def send_chunk(self, body):
        broken = self.server.breaks > 0
        self.server.breaks -= 1
        self.wfile.write(f"{len(body):x}\r\n".encode())
        self.wfile.write(body[: len(body) // 2] if broken else body + b"\r\n0\r\n\r\n")

    def log_message(self, *_):
        pass


class FetchTest(unittest.TestCase):
    def setUp(self):
        held = tempfile.TemporaryDirectory()
        self.addCleanup(held.cleanup)
        self.into = Path(held.name) / "models"
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Publisher)
        self.server.body, self.server.breaks = BODY, 0
        self.server.asked, self.server.publishes = [], True
        self.server.tokens, self.server.refusals, self.server.chunked = [], 0, False
        threading.Thread(target=lambda: self.server.serve_forever(0.01), daemon=True).start()
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)
        self.path = self.into / "vae" / "a.safetensors"

    def model(self, **over):
        url = f"http://127.0.0.1:{self.server.server_port}/resolve/a.safetensors"
        return {"file": "a.safetensors", "folder": "vae", "url": url, "bytes": len(BODY),
                "sha256": SHA256, **over}

    def run_main(self, model, *arguments):
        models = Path(self.into.parent) / "models.json"
        models.write_text(json.dumps({"models": [model]}), encoding="utf-8")
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
            code = fetch_models.main(["--into", str(self.into), "--list", str(models), *arguments])
        return code, printed.getvalue()

    def fetch(self, model):
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            fetch_models.fetch(model, self.into, sleep=lambda _: None)

    def test_a_file_is_fetched_once_and_then_left_alone(self):
        self.assertEqual(self.run_main(self.model())[0], 0)
        self.assertEqual(self.path.read_bytes(), BODY)
        self.assertEqual(self.run_main(self.model())[0], 0)
        self.assertEqual(self.server.asked, [0])
        self.assertEqual([f.name for f in self.path.parent.iterdir()], ["a.safetensors"])

    def test_what_broke_off_goes_on_where_it_stopped(self):
        self.server.breaks = 2
        self.fetch(self.model())
        self.assertEqual(self.path.read_bytes(), BODY)
        self.assertEqual(self.server.asked, [0, len(BODY) // 2, len(BODY) * 3 // 4])

    def test_a_connection_that_breaks_off_in_the_middle_of_a_chunk_is_tried_again(self):
        self.server.chunked, self.server.breaks = True, 1
        self.fetch(self.model())
        self.assertEqual(self.path.read_bytes(), BODY)
        self.assertEqual(len(self.server.asked), 2)

    def test_a_publisher_that_refuses_for_a_while_is_asked_again(self):
        self.server.refusals = 2
        self.fetch(self.model(bytes=None, sha256=None))
        self.assertEqual(self.path.read_bytes(), BODY)

    def test_the_token_goes_to_the_hub_and_not_to_the_storage_it_redirects_to(self):
        with mock.patch.dict(os.environ, {"HF_TOKEN": "hf_secret"}), \
                mock.patch.object(fetch_models, "HUB", "127.0.0.1"):
            self.fetch(self.model(bytes=None))
        self.assertEqual(self.path.read_bytes(), BODY)
        self.assertEqual(self.server.tokens, [
            ("/resolve/a.safetensors", "Bearer hf_secret"), ("/resolve/a.safetensors", "Bearer hf_secret"),
            ("/storage", None),
        ])

    def test_a_token_goes_to_nobody_else_than_the_hub(self):
        with mock.patch.dict(os.environ, {"HF_TOKEN": "hf_secret"}):
            self.fetch(self.model())
        self.assertEqual({token for _, token in self.server.tokens}, {None})

    def test_a_wrong_file_never_gets_the_name(self):
        self.server.body = BODY[::-1]
        with self.assertRaisesRegex(fetch_models.Wrong, "sha256"):
            self.fetch(self.model())
        self.assertFalse(self.path.exists())

    def test_a_file_that_was_cut_is_fetched_again(self):
        self.path.parent.mkdir(parents=True)
        self.path.write_bytes(BODY[:100])
        self.fetch(self.model())
        self.assertEqual(self.path.read_bytes(), BODY)

    def test_unpinned_figures_are_the_publishers_and_are_shown_to_be_pinned(self):
        code, printed = self.run_main(self.model(bytes=None, sha256=None))
        self.assertEqual(code, 0)
        self.assertIn(f'"bytes": {len(BODY)}, "sha256": "{SHA256}"', printed)

    def test_published_figures_are_pinned_once_and_nothing_is_downloaded(self):
        models = Path(self.into.parent) / "models.json"
        listed = {"about": "…", "models": [self.model(bytes=None, sha256=None), self.model(bytes=7)]}
        models.write_text(json.dumps(listed), encoding="utf-8")
        with contextlib.redirect_stdout(io.StringIO()):
            self.assertEqual(fetch_models.main(["--pin", "--list", str(models)]), 0)
        pinned = {"about": "…", "models": [self.model(), self.model(bytes=7)]}
        self.assertEqual(json.loads(models.read_text(encoding="utf-8")), pinned)
        self.assertEqual(self.server.asked, [])

    def test_a_file_of_which_nobody_says_what_it_is_is_not_taken(self):
        self.server.publishes = False
        code, printed = self.run_main(self.model(sha256=None))
        self.assertEqual(code, 1)
        self.assertIn("neither models.json nor the publisher", printed)
        self.assertEqual(self.server.asked, [])

    def test_a_check_downloads_nothing(self):
        code, printed = self.run_main(self.model(), "--check")
        self.assertEqual((code, self.server.asked), (1, []))
        self.assertIn("is missing", printed)

    def test_a_folder_nobody_needs_is_refused(self):
        with self.assertRaises(SystemExit):
            self.run_main(self.model(), "--only", "diffusion_models")


if __name__ == "__main__":
    unittest.main()
