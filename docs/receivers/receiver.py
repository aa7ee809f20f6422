"""Receives leads for a school. Copy it, and read leads from the table `leads`: each is there once, however often it was sent.
401: the signature is not ours, or older than five minutes. 204: the lead is stored.
A lead without a body was erased because its person asked for it, and stays erased if it arrives later.
`withdrawals` has the IDs of leads whose person withdrew consent: contact none of them."""
import base64, contextlib, hmac, json, os, sqlite3, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

# While a secret is rotated there may be two, separated by a space.
SECRETS = [base64.b64decode(secret.removeprefix("whsec_")) for secret in os.environ["WEBHOOK_SECRET"].split()]
FILE = os.environ.get("DATABASE", "leads.db")

def is_signed(headers, body):
    sent_at = headers.get("webhook-timestamp", "")
    if not (sent_at.isascii() and sent_at.isdigit()) or abs(time.time() - int(sent_at)) > 300:
        return False
    signed = f'{headers.get("webhook-id")}.{sent_at}.'.encode() + body
    wanted = [b"v1," + base64.b64encode(hmac.digest(secret, signed, "sha256")) for secret in SECRETS if secret]
    given = headers.get("webhook-signature", "").encode().split()
    return any(hmac.compare_digest(one, other) for one in wanted for other in given)

def keep(id, body):
    event = json.loads(body)
    with contextlib.closing(sqlite3.connect(FILE, timeout=10)) as database, database:
        database.execute("CREATE TABLE IF NOT EXISTS leads (id TEXT PRIMARY KEY, body TEXT) STRICT")
        database.execute("CREATE TABLE IF NOT EXISTS withdrawals (id TEXT PRIMARY KEY) STRICT")
        if event.get("type") == "lead.erased":
            erase = "INSERT INTO leads (id) VALUES (?) ON CONFLICT DO UPDATE SET body = NULL"
            database.execute(erase, (event["data"]["deliveryId"],))
        elif event.get("type") == "consent.withdrawn":
            stop = "INSERT INTO withdrawals (id) VALUES (?) ON CONFLICT DO NOTHING"
            database.execute(stop, (event["data"]["deliveryId"],))
        else:
            database.execute("INSERT INTO leads (id, body) VALUES (?, ?) ON CONFLICT DO NOTHING", (id, body.decode()))

def read_body(headers, stream):
    # Proxies such as Cloudflare Tunnel send a body in chunks, without its length.
    if headers.get("transfer-encoding", "").strip().lower() != "chunked":
        return stream.read(int(headers.get("content-length") or 0))
    body = b""
    while size := int(stream.readline().split(b";")[0], 16):
        body += stream.read(size)
        stream.readline()
    while stream.readline().strip():
        pass
    return body

class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        body = read_body(self.headers, self.rfile)
        accepted = is_signed(self.headers, body)
        # Commits before it responds: after a 2xx the sender no longer keeps the lead for you.
        if accepted:
            keep(self.headers["webhook-id"], body)
        self.send_response(204 if accepted else 401)
        self.end_headers()

if __name__ == "__main__":
    server = ThreadingHTTPServer(("", int(os.environ.get("PORT", "8080"))), Receiver)
    print("Ready for leads.", flush=True)
    server.serve_forever()
