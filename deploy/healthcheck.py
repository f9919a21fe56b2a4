"""Health probe of a container: `web` asks /readyz, `worker` looks at the age of the worker's file."""

import os
import sys
import time
import urllib.request

#: The worker touches its file every second; so long a silence means that it hangs.
TOO_OLD = 30


def main() -> int:
    """0 when healthy."""
    if sys.argv[1] == "web":
        with urllib.request.urlopen("http://127.0.0.1:8000/readyz", timeout=4) as answer:
            return int(answer.status != 200)
    path = os.environ[f"{os.environ['SERVICE'].upper()}_HEALTH_FILE"]
    return int(time.time() - os.stat(path).st_mtime > TOO_OLD)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except OSError as error:
        sys.exit(f"{error}")
