"""The demo, loaded once a run: every process takes a copy of the same files."""

import fcntl
import os
import shutil
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This process's own copy of the loaded demo; whoever comes first loads it, the others wait."""
    from services.demo import load
    from services.local import Local

    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    with (shared / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "demo").exists():
            suite = Local(shared / "demo.loading")
            load.into(suite)
            suite.loaded.touch()
            suite.close()
            (shared / "demo.loading").rename(shared / "demo")
    return Path(shutil.copytree(shared / "demo", tmp_path_factory.mktemp("own") / "demo"))
