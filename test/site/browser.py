# browser.py - a headless Chromium that tests talk to
"""Speaks the DevTools protocol through two pipes: no port, no driver."""

import json
import os
import select
import shlex
import subprocess
import tempfile
import time

FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--no-default-browser-check",
         "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions",
         "--hide-scrollbars", "--remote-debugging-pipe")
SECONDS = 60  # more than any answer takes on a busy machine


class BrowserError(Exception):
    """What the browser refuses, or that it does not answer."""


class Browser:
    """One window. `problems` holds what its console, its scripts and its requests complain of."""

    def __init__(self, program="chromium"):
        self._folder = tempfile.TemporaryDirectory()
        commands, self._commands = os.pipe()
        self._answers, answers = os.pipe()
        words = [program, *FLAGS, f"--user-data-dir={self._folder.name}", "about:blank"]
        # The browser reads descriptor 3 and writes descriptor 4.
        script = f"exec 8<&{commands} 9>&{answers}; exec 3<&8 4>&9 8<&- 9>&-; exec {shlex.join(words)}"
        self._process = subprocess.Popen(["bash", "-c", script], pass_fds=(commands, answers),
                                         stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                         env={**os.environ, "HOME": self._folder.name})
        os.close(commands)
        os.close(answers)
        self._rest = b""
        self._number = 0
        self._session = None
        self._shown = ()  # width, height, dark
        self.requests = []
        self.problems = []
        target = self._send("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self._send(f"{domain}.enable")

    def close(self):
        os.close(self._commands)  # the browser ends with its pipe
        try:
            self._process.wait(SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        os.close(self._answers)
        self._folder.cleanup()

    def prepare(self, script):
        """Each page that is opened from here on has what the script defines."""
        self._send("Page.addScriptToEvaluateOnNewDocument", source=script)

    def show(self, width, height, dark):
        """The size of the window and the colours that the reader prefers."""
        if self._shown[:2] != (width, height):
            self._send("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1,
                       mobile=width < 600)
        if self._shown[2:] != (dark,):
            self._send("Emulation.setEmulatedMedia",
                       features=[{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])
        self._shown = (width, height, dark)

    def open(self, address):
        """Loads a page with all that it refers to."""
        self.requests.clear()
        self.problems.clear()
        error = self._send("Page.navigate", url=address).get("errorText")
        if error:
            raise BrowserError(f"{address}: {error}")
        self._until(lambda message: message.get("method") == "Page.loadEventFired", f"loads {address}")

    def ask(self, expression):
        """The value of a JavaScript expression, which may be a promise."""
        answer = self._send("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise BrowserError(answer["exceptionDetails"]["exception"].get("description", str(answer)))
        return answer["result"].get("value")

    def key(self, text):
        """Types characters where the focus is."""
        self._send("Input.insertText", text=text)

    def picture(self, whole=False):
        """A PNG of the window, or of the whole page, in base64."""
        return self._send("Page.captureScreenshot", captureBeyondViewport=whole)["data"]

    def _send(self, method, **parameters):
        self._number += 1
        number = self._number
        message = {"id": number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._commands, json.dumps(message).encode() + b"\0")
        answer = self._until(lambda message: message.get("id") == number, f"answers {method}")
        if "error" in answer:
            raise BrowserError(f"{method}: {answer['error']['message']}")
        return answer["result"]

    def _until(self, wanted, what):
        """The first message that is wanted; those before it are noted."""
        end = time.monotonic() + SECONDS
        while True:
            while b"\0" in self._rest:
                text, _, self._rest = self._rest.partition(b"\0")
                message = json.loads(text)
                self._note(message.get("method"), message.get("params", {}))
                if wanted(message):
                    return message
            ready, _, _ = select.select([self._answers], [], [], max(0, end - time.monotonic()))
            data = os.read(self._answers, 1 << 16) if ready else b""
            if not data:
                raise BrowserError(f"no browser that {what} within {SECONDS} s")
            self._rest += data

    def _note(self, method, parameters):
        if method == "Runtime.exceptionThrown":
            self.problems.append(parameters["exceptionDetails"].get("exception", {}).get("description", "exception"))
        elif method == "Runtime.consoleAPICalled" and parameters["type"] in ("error", "warning", "assert"):
            self.problems.append(" ".join(str(word.get("value")) for word in parameters["args"]))
        elif method == "Log.entryAdded" and parameters["entry"]["level"] in ("error", "warning"):
            self.problems.append(f"{parameters['entry']['text']} {parameters['entry'].get('url', '')}".strip())
        elif method == "Network.loadingFailed":
            self.problems.append(f"not loaded: {parameters['errorText']}")
        elif method == "Network.requestWillBeSent":
            self.requests.append(parameters["request"]["url"])
