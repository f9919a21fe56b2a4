"""gunicorn of every service's web process. WEB_CONCURRENCY sets the number of workers (default 2)."""

import os

bind = os.environ.get("BIND", "0.0.0.0:8000")
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
# Pages are CPU-bound: threads would only fight for the interpreter lock.
worker_class = "sync"
timeout = 60
graceful_timeout = 30
# A slow leak somewhere in a library never grows old; jitter keeps the workers from leaving together.
max_requests = 5000
max_requests_jitter = 500
# The heartbeat file: in memory, for the root file system is read-only.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108 - shared memory, not a secret
# No control socket: it needs a writable home and would let anything of the same user stop the server.
control_socket_disable = True
# Only the gateway reaches this port; the application itself decides how many proxies it believes.
forwarded_allow_ips = "*"

accesslog = "-"
errorlog = "-"
# One JSON line per request. The query string is left out: it may hold a person's name that was searched for.
access_log_format = (
    '{"time":"%(t)s","method":"%(m)s","path":"%(U)s","status":%(s)s,"bytes":%(B)s,"seconds":%(L)s,'
    '"address":"%({x-forwarded-for}i)s","request_id":"%({x-request-id}o)s","agent":"%(a)s"}'
)
