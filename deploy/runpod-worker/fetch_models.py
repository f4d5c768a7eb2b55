"""Puts the model files of models.json under a ComfyUI models folder, each one checked.

    python3 fetch_models.py --into /comfyui/models            every file
    python3 fetch_models.py --into /workspace/models --only unet
    python3 fetch_models.py --into /workspace/models --check  looks, downloads nothing
    python3 fetch_models.py --pin                             writes the figures Hugging Face publishes
                                                              for files without any into models.json

Safe to run again: what is there and right is left alone, what was broken off goes on where it
stopped. Needs Python 3.9 and nothing else. Exit code 0: all there; 1: a file is missing or wrong.
"""

import argparse
import hashlib
import http.client
import json
import os
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

CHUNK_BYTES = 8 * 1024 * 1024
TRIES = 5
TIMEOUT_S = 60
HUB = "huggingface.co"


class Wrong(Exception):
    """A file is not what it should be; another try may help."""


class Unnamed(Exception):
    """Nobody says what a file should be; another try does not help."""


# A connection that breaks off in the middle of a chunk is an HTTPException, and no OSError.
TROUBLES = (OSError, http.client.HTTPException, Wrong)


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """Hugging Face names a file's size and sha256 in the answer that redirects to its storage."""

    def redirect_request(self, req, fp, code, msg, headers, newurl):
        return None


def published_figures(url):
    """The size and sha256 that Hugging Face publishes for a file, each None where it names none."""
    request = request_for(url, "HEAD")
    try:
        headers = urllib.request.build_opener(NoRedirect).open(request, timeout=TIMEOUT_S).headers
    except urllib.error.HTTPError as error:
        if error.code not in (301, 302, 303, 307, 308):
            raise
        headers = error.headers
    etag = (headers.get("X-Linked-Etag") or "").strip('W/"').lower()
    size = headers.get("X-Linked-Size") or ""
    is_sha256 = len(etag) == 64 and all(c in "0123456789abcdef" for c in etag)
    return (int(size) if size.isdigit() else None, etag if is_sha256 else None)


def request_for(url, method="GET"):
    """A request with a token for Hugging Face alone, where one is set: these files need none."""
    request = urllib.request.Request(url, method=method)
    token = os.environ.get("HF_TOKEN", "")
    if token and urllib.parse.urlsplit(url).hostname == HUB:
        # The storage it redirects to belongs to somebody else, and has its own signature in the address.
        request.add_unredirected_header("Authorization", "Bearer " + token)
    return request


def expected_figures(model):
    """What a file must be. @raises Unnamed when neither models.json nor the publisher says"""
    size, sha256 = model["bytes"], model["sha256"]
    if size is None or sha256 is None:
        published_size, published_sha256 = published_figures(model["url"])
        size, sha256 = size or published_size, sha256 or published_sha256
        if sha256 is not None:
            print(f'{model["file"]}: not pinned; published as "bytes": {size}, "sha256": "{sha256}"')
    if size is None or sha256 is None:
        raise Unnamed("neither models.json nor the publisher names its size and sha256")
    return size, sha256


def sha256_of(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        for chunk in iter(lambda: file.read(CHUNK_BYTES), b""):
            digest.update(chunk)
    return digest.hexdigest()


def problem_of(path, size, sha256):
    """What is wrong with a file, or None."""
    if not path.is_file():
        return "is missing"
    found = path.stat().st_size
    if found != size:
        return f"has {found} bytes instead of {size}"
    found = sha256_of(path)
    return None if found == sha256 else f"has the sha256 {found} instead of {sha256}"


def download(url, part, size):
    """Appends what is missing to `part`."""
    have = part.stat().st_size if part.exists() else 0
    if have > size:
        part.unlink()
        have = 0
    if have == size:
        return
    request = request_for(url)
    if have > 0:
        request.add_header("Range", f"bytes={have}-")
    with urllib.request.urlopen(request, timeout=TIMEOUT_S) as answer:
        # A server that knows no ranges sends the whole file again.
        mode = "ab" if have > 0 and answer.status == 206 else "wb"
        with open(part, mode) as file:
            for chunk in iter(lambda: answer.read(CHUNK_BYTES), b""):
                file.write(chunk)
                if file.tell() > size:
                    raise Wrong(f"more than {size} bytes came")


def fetch(model, into, sleep=time.sleep):
    """Makes sure of one file. @raises Wrong when it could not be had, Unnamed when none would be right"""
    path = into / model["folder"] / model["file"]
    for attempt in range(1, TRIES + 1):
        try:
            fetch_once(model, path)
            return
        except TROUBLES as error:
            print(f"{path}: try {attempt} of {TRIES}: {error}", file=sys.stderr)
            if attempt == TRIES:
                raise Wrong(f"{path.name} could not be fetched: {error}") from error
            sleep(2**attempt)


def fetch_once(model, path):
    size, sha256 = expected_figures(model)
    if problem_of(path, size, sha256) is None:
        print(f"{path}: is there")
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    download(model["url"], part, size)
    problem = problem_of(part, size, sha256)
    if problem is None:
        # Only a whole and right file ever bears the name that ComfyUI looks for.
        os.replace(part, path)
        print(f"{path}: fetched, {size} bytes, sha256 {sha256}")
        return
    if part.exists() and part.stat().st_size >= size:
        part.unlink()
    raise Wrong(problem)


def check(model, into):
    """Looks at one file. @raises Wrong when it is not as it should be"""
    path = into / model["folder"] / model["file"]
    problem = problem_of(path, *expected_figures(model))
    if problem is not None:
        raise Wrong(f"{path} {problem}")
    print(f"{path}: is there")


def pin(listed, path):
    """Writes published figures into models.json, where it has none."""
    for model in listed["models"]:
        model["bytes"], model["sha256"] = expected_figures(model)
    path.write_text(json.dumps(listed, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def main(argv):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--into", type=Path, help="the models folder")
    parser.add_argument("--only", action="append", help="a folder: unet, clip, vae, loras")
    parser.add_argument("--check", action="store_true", help="look only")
    parser.add_argument("--pin", action="store_true", help="write missing figures into models.json")
    parser.add_argument("--list", type=Path, default=Path(__file__).with_name("models.json"))
    arguments = parser.parse_args(argv)
    if arguments.pin == (arguments.into is not None):
        parser.error("needs --into <the models folder>, or --pin")
    listed = json.loads(arguments.list.read_text(encoding="utf-8"))
    models = listed["models"]
    unknown = set(arguments.only or []) - {model["folder"] for model in models}
    if unknown:
        parser.error(f"no model belongs into {', '.join(sorted(unknown))}")
    if arguments.pin:
        try:
            pin(listed, arguments.list)
        except (*TROUBLES, Unnamed) as error:
            print(f"Nothing is pinned: {error}", file=sys.stderr)
            return 1
        return 0
    wrong = 0
    for model in models:
        if arguments.only and model["folder"] not in arguments.only:
            continue
        try:
            (check if arguments.check else fetch)(model, arguments.into)
        except (*TROUBLES, Unnamed) as error:
            print(f"{model['file']}: {error}", file=sys.stderr)
            wrong += 1
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
