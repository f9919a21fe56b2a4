"""``python -m services``: the suite in one process; ``reset`` starts anew, ``check`` compares the demo."""

import fcntl
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

from waitress import create_server

from services.demo import check, load
from services.local import MARK, Local

THREADS = 8


def main() -> int:
    """Run the command named by the first argument (run, reset or check)."""
    folder = Path(os.environ.get("DATA_DIR", "./var"))
    command = sys.argv[1] if len(sys.argv) > 1 else "run"
    if command not in COMMANDS:
        print(f"python -m services [{'|'.join(COMMANDS)}]", file=sys.stderr)
        return 2
    # A stop asked by the system ends the program as Ctrl+C does.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        return COMMANDS[command](folder)
    except Busy as busy:
        print(busy, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Остановлено / stopped")
        return 130


def run(folder: Path) -> int:
    """Serve the suite; load the demo first when the folder holds none."""
    host, port = os.environ.get("HOST", "127.0.0.1"), int(os.environ.get("PORT", "8000"))
    url = f"http://localhost:{port}/"
    with alone(folder):
        suite = opened(folder, os.environ.get("PUBLIC_URL", url))
        try:
            server = create_server(suite.wsgi(), host=host, port=port, threads=THREADS)
        except OSError as error:
            raise Busy(
                f"{host}:{port}: {error.strerror}. Другой порт / another port: PORT=9000 make run"
            ) from None
        # The doors answer «please wait» from the first moment; the demo is loaded meanwhile.
        serving = Thread(target=server.run, name="server", daemon=True)
        serving.start()
        try:
            if not filled(suite):
                return 1
            suite.postman.start()
            print(load.welcome(suite, url), flush=True)
            serving.join()
        finally:
            suite.postman.stop()
            server.close()
            suite.close()
    return 0


def check_demo(folder: Path) -> int:
    """Compare the demo with what must come out; an empty folder is filled first."""
    if not (folder / MARK).exists():
        with alone(folder):
            filled(opened(folder))
    return check.report(Local(folder))


def reset(folder: Path) -> int:
    """Delete the data, so that the next start loads the demo anew."""
    with alone(folder):
        Local.wipe(folder)
    print(
        f"{folder}: пусто, следующий запуск загрузит демо заново / empty, the next start loads the demo anew"
    )
    return 0


COMMANDS = {"run": run, "check": check_demo, "reset": reset}


class Busy(Exception):
    """The folder or the port is taken."""


def opened(folder: Path, public_url: str = "") -> Local:
    """The suite of a folder; what an interrupted load left there is deleted first."""
    if Local.is_half_loaded(folder):
        print(
            "Прошлая загрузка не завершилась, начинаем заново / the last load was interrupted, starting anew"
        )
        Local.wipe(folder)
    return Local(folder, public_url)


def filled(suite: Local) -> bool:
    """Whether the demo is in and right; an empty suite is filled and compared now."""
    if not suite.loaded.exists():
        load.into(suite)
        if check.report(suite, quiet=True):
            return False
        suite.loaded.touch()
    return True


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Nobody else may fill, serve or wipe the folder meanwhile."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy(
                f"{folder}: папка занята другим запуском / the folder is used by another run"
            ) from None
        yield


if __name__ == "__main__":
    sys.exit(main())
