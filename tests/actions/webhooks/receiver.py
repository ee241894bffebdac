"""A receiver: python receiver.py 8080, with the secret in WEBHOOK_SECRET."""
# ruff: noqa: T201 - docs/webhooks.md shows it

import os
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from standardwebhooks import Webhook, WebhookVerificationError

WEBHOOK = Webhook(os.environ["WEBHOOK_SECRET"])
DONE = set()  # in earnest, a table of the receiver's database


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        try:
            message = WEBHOOK.verify(body, dict(self.headers))
        except WebhookVerificationError:
            self.send_error(401)
            return
        if self.headers["webhook-id"] not in DONE:
            print(message["type"], message["data"], flush=True)
            DONE.add(self.headers["webhook-id"])
        self.send_response(204)
        self.end_headers()


server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Receiver)
print("Listening on port", server.server_port, flush=True)
server.serve_forever()
