"""These tests see the product from outside only."""

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.system


def test_system_tests_import_nothing_from_services_not_even_through_others() -> None:
    modules = [f"tests.system.{file.stem}" for file in sorted(Path(__file__).parent.glob("*.py")) if file.stem != "__init__"]
    ask = f"import sys, {', '.join(modules)}; print([name for name in sys.modules if name.partition('.')[0] == 'services'])"

    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])

    assert (done.stdout.strip(), done.stderr) == ("[]", "")
