"""The set-up script: what it refuses, and that it sees CUDA packages coming."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def install() -> ModuleType:
    spec = importlib.util.spec_from_file_location("okienko_install", ROOT / "install.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("requires", "asked"),
    [
        (["nvidia-cublas==13.0; platform_system == 'Linux'", "cuda-bindings", "filelock"], 2),
        (["nvidia-cublas; platform_system == 'Plan9'", "sympy"], 0),
        (["filelock"], 0),
    ],
)
def test_cuda_packages_are_seen_coming(
    install: ModuleType, tmp_path: Path, requires: list[str], asked: int
) -> None:
    info = tmp_path / "torch-99.0.dist-info"
    info.mkdir()
    lines = ["Metadata-Version: 2.1", "Name: torch", "Version: 99.0"]
    (info / "METADATA").write_text("\n".join(lines + [f"Requires-Dist: {line}" for line in requires]) + "\n")
    said = subprocess.run(
        [sys.executable, "-c", install.ASKS_FOR_CUDA],
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert len(said.stdout.split()) == asked


def test_this_python_is_fit(install: ModuleType) -> None:
    assert install._unfit_python() == ""


def test_a_system_without_venv_gets_the_line_that_mends_it(
    install: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    said = install._unfit_python()
    here = f"python{sys.version_info.major}.{sys.version_info.minor}"
    assert said.endswith(f"sudo apt-get install -y {here}-venv")
    assert "\n" not in said


def test_another_python_is_refused(install: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(install, "OLDEST", (3, 99))
    assert "3.11, 3.12 or 3.13" in install._unfit_python()
