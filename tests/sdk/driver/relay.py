"""A relay in front of the emulator: it counts the connections that an SDK opens, and can lose a key of every JSON body
on the way, to prove that a suite would notice."""

import http.client
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length"}


def without(key, value):
    """A JSON value without a key, at any depth."""
    if isinstance(value, dict):
        return {name: without(key, inner) for name, inner in value.items() if name != key}
    if isinstance(value, list):
        return [without(key, inner) for inner in value]
    return value


class Relay:
    """Runs from `with` to the end of its block."""

    def __init__(self, upstream, lost_key=None):
        self._upstream = urlsplit(upstream).netloc
        self._lost_key = lost_key
        self.connections = 0

    def __enter__(self):
        self._server = Server(("127.0.0.1", 0), self._handler())
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()

    def _handler(relay):
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def setup(self):
                super().setup()
                relay.connections += 1
                self.upstream = http.client.HTTPConnection(relay._upstream)

            def finish(self):
                self.upstream.close()
                super().finish()

            def pass_on(self):
                body = self.rfile.read(int(self.headers.get("content-length", 0)))
                headers = {name: value for name, value in self.headers.items() if name.lower() not in HOP_BY_HOP}
                self.upstream.request(self.command, self.path, body or None, headers)
                answer = self.upstream.getresponse()
                body = answer.read()
                if relay._lost_key and body:
                    body = json.dumps(without(relay._lost_key, json.loads(body))).encode()
                self.send_response_only(answer.status)
                for name, value in answer.getheaders():
                    if name.lower() not in HOP_BY_HOP:
                        self.send_header(name, value)
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_GET = do_POST = do_PUT = do_DELETE = pass_on

            def log_message(self, *_):
                pass

        return Handler


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def handle_error(self, *_):
        """A connection that the emulator breaks, as some cases want it to, is broken here as well."""
