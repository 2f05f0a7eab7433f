"""Set Okienko up: a virtual environment, everything pinned, the embedding model exported once.

    python3 install.py          what serving needs
    python3 install.py --dev    and what the tests need

Runs on the system's Python with nothing but the standard library; `make demo` and `make test` call it.
A second run sees that nothing changed and returns at once.

torch comes first and alone: the package index's Linux build drags in gigabytes of CUDA packages, so the
CPU build is taken from PyTorch's own index, and the install stops if an `nvidia-*` package would come.
"""

from __future__ import annotations

import hashlib
import os
import platform
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "okienko-installed"
TORCH_INDEX = os.environ.get("TORCH_INDEX", "https://download.pytorch.org/whl/cpu")
OLDEST, NEWEST = (3, 11), (3, 13)

# Prints the nvidia packages that the installed torch asks for on this machine.
ASKS_FOR_CUDA = """
from importlib.metadata import requires
from packaging.requirements import Requirement
wanted = [Requirement(line) for line in requires("torch") or ()]
print(" ".join(sorted(
    r.name for r in wanted
    if (r.name.startswith("nvidia") or r.name.startswith("cuda-"))
    and (r.marker is None or r.marker.evaluate({"extra": ""}))
)))
"""


def main() -> int:
    """Install; return the exit code."""
    os.environ.setdefault("PIP_DISABLE_PIP_VERSION_CHECK", "1")
    os.environ.setdefault("TQDM_DISABLE", "1")
    extra = "[dev]" if "--dev" in sys.argv[1:] else ""
    problem = _unfit_python()
    if problem:
        print(problem, file=sys.stderr)
        return 1
    wanted = _fingerprint(extra)
    done = STAMP.read_text().split() if STAMP.exists() else []
    if wanted in done and PYTHON.exists():
        return 0
    _announce(extra, first=not PYTHON.exists())
    try:
        _install(extra)
    except subprocess.CalledProcessError as error:
        print(
            f"\nThe installation stopped (exit {error.returncode}); what pip said is above.", file=sys.stderr
        )
        print(
            "Without a connection to the package index it cannot go on. Run the same command again.",
            file=sys.stderr,
        )
        return 1
    except CudaWouldCome as error:
        print(error, file=sys.stderr)
        return 1
    STAMP.write_text("\n".join([_fingerprint(""), wanted]) + "\n")
    return 0


class CudaWouldCome(Exception):
    """The torch at hand is a CUDA build."""


def _unfit_python() -> str:
    """Return what is wrong with this Python, and the line that mends it; empty when nothing is."""
    here = sys.version_info[:2]
    if not OLDEST <= here <= NEWEST:
        return (
            f"Okienko needs Python 3.11, 3.12 or 3.13; this is {here[0]}.{here[1]}. "
            "Name another one: make demo PYTHON=python3.12"
        )
    try:
        # Debian's python3 without python3-venv has venv but not ensurepip.
        import ensurepip  # noqa: F401
    except ImportError:
        package = f"python{here[0]}.{here[1]}-venv"
        return f"Python's venv module is missing. Install it with: sudo apt-get install -y {package}"
    return ""


def _fingerprint(extra: str) -> str:
    """Return a hash of all that decides what is installed."""
    parts = [(HERE / name).read_bytes() for name in ("pyproject.toml", "constraints.txt", "install.py")]
    return hashlib.sha256(b"\0".join([*parts, extra.encode(), sys.version.encode()])).hexdigest()


def _announce(extra: str, *, first: bool) -> None:
    what = "Okienko and its tests" if extra else "Okienko"
    if not first:
        print(f"Bringing the environment of {what} up to date …", flush=True)
        return
    size_mb = 560 if extra else 480
    print(
        f"First set-up of {what}: downloads about {size_mb} MB (190 of them torch for the CPU) into\n.venv, "
        "takes 1.9 GB on disk and 3 to 6 minutes on an ordinary connection. It happens once; afterwards no\n"
        "network is needed.",
        flush=True,
    )


def _install(extra: str) -> None:
    if not PYTHON.exists():
        _run(sys.executable, "-m", "venv", str(VENV))
    print("1/4  torch, CPU build …", flush=True)
    _pip("install", "packaging")
    _install_torch()
    print("2/4  libraries …", flush=True)
    _pip("install", "--constraint", "constraints.txt", *_requirements(extra))
    print("3/4  Okienko …", flush=True)
    _pip("install", "--no-deps", "--editable", ".")
    print("4/4  embedding model, exported once …", flush=True)
    _run(str(VENV / "bin" / "okienko"), "models", "prepare")


def _install_torch() -> None:
    pin = next(line for line in _lines("constraints.txt") if line.startswith("torch=="))
    command = ["install", "--no-deps", pin]
    if platform.system() == "Linux":
        # An index out of reach costs one retry here, not one for every package.
        command += ["--retries", "1", "--timeout", "20", "--extra-index-url", TORCH_INDEX]
    _pip(*command)
    asked = subprocess.run(
        [str(PYTHON), "-c", ASKS_FOR_CUDA], check=True, capture_output=True, text=True
    ).stdout.split()
    if asked:
        _pip("uninstall", "--yes", "torch")
        raise CudaWouldCome(
            f"Stopped: this torch would bring {len(asked)} CUDA packages ({asked[0]}, …), gigabytes that "
            f"Okienko does not use.\nReach {TORCH_INDEX} and try again, or set TORCH_INDEX to a mirror of it."
        )


def _requirements(extra: str) -> list[str]:
    """Return the requirements of pyproject.toml, without the project itself."""
    import tomllib

    project = tomllib.loads((HERE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = list(project["dependencies"])
    if extra:
        wanted += [*project["optional-dependencies"]["dev"], *project["optional-dependencies"]["bench"]]
    return wanted


def _lines(name: str) -> list[str]:
    return [line.strip() for line in (HERE / name).read_text().splitlines()]


def _pip(*arguments: str) -> None:
    """Run pip, show how far it is, and what it said only if it fails."""
    command = [str(PYTHON), "-m", "pip", *arguments]
    said: list[str] = []
    with subprocess.Popen(
        command, cwd=HERE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8"
    ) as pip:
        assert pip.stdout is not None
        for line in pip.stdout:
            said.append(line)
            _show_progress(said)
    if sys.stdout.isatty():
        print(end="\r\033[K", flush=True)
    if pip.returncode:
        print("".join(said[-30:]), file=sys.stderr)
        raise subprocess.CalledProcessError(pip.returncode, command)


def _show_progress(said: list[str]) -> None:
    """Draw one line on a terminal: packages found so far, out of those that are pinned."""
    if not sys.stdout.isatty():
        return
    if said[-1].startswith("Installing collected packages"):
        print(end="\r\033[K     unpacking …", flush=True)
    elif said[-1].startswith("Collecting"):
        done, total = sum(line.startswith("Collecting") for line in said), len(_lines("constraints.txt"))
        filled = 30 * min(done, total) // total
        print(end=f"\r     [{'#' * filled}{'.' * (30 - filled)}] {min(done, total)} packages", flush=True)


def _run(*command: str) -> None:
    subprocess.run(command, check=True, cwd=HERE)


if __name__ == "__main__":
    sys.exit(main())
