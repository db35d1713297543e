# session.py - a session with a language server
"""Speaks the Language Server Protocol over the server's standard streams.

Everything waits with a limit: a server that hangs or dies fails the test that
talks to it, with what it wrote to its log.
"""

import json
import subprocess
import tempfile
import threading
import time
from pathlib import Path

LIMIT = 60  # seconds for one answer, on a machine with other work


class ServerError(Exception):
    """The server died, answered with an error, or did not answer in time."""


class Session:
    """One server and the files that are open in it. Use it with `with`."""

    def __init__(self, command, folder, options=None):
        self._log = tempfile.TemporaryFile()
        self._server = subprocess.Popen([str(word) for word in command], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=self._log, cwd=folder)
        self._news = threading.Condition()
        self._answers, self._published, self._requests = {}, {}, 0
        self._versions = {}
        self._counts = {}
        self._over = False
        threading.Thread(target=self._read, daemon=True).start()
        self.capabilities = self.ask("initialize", {
            "processId": None, "rootUri": Path(folder).as_uri(),
            "initializationOptions": options or {},
            "capabilities": {
                "textDocument": {
                    "publishDiagnostics": {"relatedInformation": True, "codeDescriptionSupport": True,
                                           "categorySupport": True},
                    "codeAction": {"codeActionLiteralSupport": {
                        "codeActionKind": {"valueSet": ["quickfix", "refactor"]}}},
                },
            },
        })["capabilities"]
        self.tell("initialized", {})

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        self.close(orderly=kind is None)

    def close(self, orderly=True):
        """Ends the server; an orderly end has exit code 0."""
        try:
            if orderly and self._server.poll() is None:
                self.ask("shutdown", None)
                self.tell("exit", None)
                code = self._server.wait(LIMIT)
                if code:
                    raise ServerError(f"the server ended with {code}\n{self.log()}")
        finally:
            self._server.kill()
            self._server.wait()
            for stream in (self._server.stdin, self._server.stdout, self._log):
                stream.close()

    def log(self):
        """What the server wrote to its log."""
        self._log.seek(0)
        return self._log.read().decode(errors="replace")[-4000:]

    def is_alive(self):
        return self._server.poll() is None

    def memory(self):
        """The server's resident memory in MB."""
        for line in Path(f"/proc/{self._server.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) // 1024
        return 0

    # Files.

    def open(self, file, text=None):
        """Opens a file, with its text on disk unless another is given."""
        file = Path(file)
        text = file.read_text(encoding="utf-8") if text is None else text
        self._versions[file] = 1
        self.tell("textDocument/didOpen", {"textDocument": {
            "uri": file.as_uri(), "languageId": "cpp", "version": 1, "text": text}})

    def edit(self, file, text):
        """Replaces the text in the editor; the file on disk stays as it is."""
        self._versions[file] += 1
        self.tell("textDocument/didChange", {
            "textDocument": {"uri": file.as_uri(), "version": self._versions[file]},
            "contentChanges": [{"text": text}], "wantDiagnostics": True})

    def save(self, file):
        self.tell("textDocument/didSave", {"textDocument": {"uri": file.as_uri()}})

    def diagnostics(self, file, limit=LIMIT):
        """What was published for the version of a file that the editor has."""
        def current():
            version, found = self._published.get(file.as_uri(), (0, []))
            return found if version == self._versions[file] else None
        return self._wait(current, f"diagnostics of {file.name}", limit)

    def wait_for(self, file, accept, limit=LIMIT):
        """Waits until what is published for a file is accepted, and gives it."""
        def accepted():
            found = self._published.get(file.as_uri(), (0, None))[1]
            return found if found is not None and accept(found) else None
        return self._wait(accepted, f"other diagnostics of {file.name}", limit)

    def published(self, file):
        """How many times diagnostics of a file were published."""
        with self._news:
            return self._counts.get(file.as_uri(), 0)

    def fixes(self, file, diagnostic):
        """The quick fixes that are offered for a diagnostic."""
        return self.ask("textDocument/codeAction", {
            "textDocument": {"uri": file.as_uri()}, "range": diagnostic["range"],
            "context": {"diagnostics": [diagnostic], "only": ["quickfix"]}})

    # Messages.

    def tell(self, method, parameters):
        self._send({"method": method, "params": parameters})

    def ask(self, method, parameters, limit=LIMIT):
        self._requests += 1
        number = self._requests
        self._send({"id": number, "method": method, "params": parameters})
        answer = self._wait(lambda: self._answers.get(number), f"an answer to {method}", limit)
        if "error" in answer:
            raise ServerError(f"{method}: {answer['error']}")
        return answer["result"]

    def _send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        try:
            self._server.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
            self._server.stdin.flush()
        except BrokenPipeError:
            raise ServerError(f"the server is gone\n{self.log()}") from None

    def _read(self):
        while True:
            length = 0
            for line in iter(self._server.stdout.readline, b"\r\n"):
                if not line:
                    with self._news:
                        self._over = True
                        self._news.notify_all()
                    return
                name, _, value = line.decode().partition(":")
                if name.lower() == "content-length":
                    length = int(value)
            message = json.loads(self._server.stdout.read(length))
            with self._news:
                if "method" not in message:
                    self._answers[message["id"]] = message
                elif message["method"] == "textDocument/publishDiagnostics":
                    found = message["params"]
                    self._counts[found["uri"]] = self._counts.get(found["uri"], 0) + 1
                    self._published[found["uri"]] = (found.get("version"), found["diagnostics"])
                self._news.notify_all()

    def _wait(self, get, what, limit):
        end = time.monotonic() + limit
        with self._news:
            while True:
                found = get()
                if found is not None:
                    return found
                if self._over:
                    raise ServerError(f"the server died while {what} was awaited\n{self.log()}")
                if not self._news.wait(max(0, end - time.monotonic())) and time.monotonic() >= end:
                    raise ServerError(f"no {what} within {limit} s\n{self.log()}")


def apply(text, edits):
    """The text after a list of LSP edits (for text without wide letters)."""
    def offset(place):
        lines = text.splitlines(keepends=True)
        return sum(map(len, lines[:place["line"]])) + place["character"]
    for edit in sorted(edits, key=lambda one: offset(one["range"]["start"]), reverse=True):
        start, end = offset(edit["range"]["start"]), offset(edit["range"]["end"])
        text = text[:start] + edit["newText"] + text[end:]
    return text
