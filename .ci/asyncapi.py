"""Write docs/asyncapi/<service>.json and docs/messages.md from the contracts (`make messages`).

Also writes the frozen sample of a message that has none yet; tests compare all three."""

import importlib
import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from shared.messaging.asyncapi import document  # noqa: E402 - the path comes first
from shared.testing import samples  # noqa: E402 - the same
from shared.testing.samples import catalogue  # noqa: E402 - the same
from shared.version import VERSION  # noqa: E402 - the same

SERVICES = ("registry", "events", "expertise", "reports")


def main() -> None:
    """Write the files."""
    folder = ROOT / "docs" / "asyncapi"
    folder.mkdir(parents=True, exist_ok=True)
    contracts = []
    for service in SERVICES:
        # handlers declare the copies of identity, so the contract is whole once they are imported.
        importlib.import_module(f"services.{service}.handlers")
        contract = importlib.import_module(f"services.{service}.messages").contract
        text = json.dumps(document(contract, VERSION), ensure_ascii=False, indent=2)
        (folder / f"{service}.json").write_text(text + "\n", encoding="utf-8")
        contracts.append(contract)
        for name in samples.write(contract, ROOT / "tests" / "messages" / "samples"):
            print(f"new sample: {name}")
    (ROOT / "docs" / "messages.md").write_text(catalogue(contracts), encoding="utf-8")


if __name__ == "__main__":
    main()
