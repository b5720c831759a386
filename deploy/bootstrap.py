"""Makes the environment (.venv) on a machine that has nothing but Python. Standard library only, and no syntax that an
older Python could not even read: it has to be able to say that it is too old.

    python3 deploy/bootstrap.py run|dev
"""

# ruff: noqa: S603
# (It runs pip and the interpreters that were found on this machine.)
import hashlib
import os
import re
import shutil
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
LOG = os.path.join(ROOT, ".claimwatch", "setup.log")
LOCKS = {"run": "requirements.lock", "dev": "requirements-dev.lock"}
OLDEST, NEWEST = (3, 11), (3, 14)
NEEDED_MB = 1200
"""The environment takes 700 MB, and as much again for a moment."""

MEANINGS = (
    ("No space left on device", "the disk is full", "make room (about 1.2 GB) and run it again"),
    ("DO NOT MATCH THE HASHES", "a package is not what the lock says", "do not use it; try again, or ask whoever runs your mirror"),
    (
        "CERTIFICATE_VERIFY_FAILED",
        "the certificate of the package index is not trusted here",
        "set PIP_CERT to your organisation's certificates",
    ),
    ("Permission denied", "no permission to write the environment", "give write permission to the folder of the project"),
    ("ProxyError", "the proxy for the package index does not answer", "check the proxy settings and run it again"),
    (
        "connection broken",
        "no network: the package index does not answer",
        "connect (the first set-up downloads about 300 MB) and run it again",
    ),
    (
        "NewConnectionError",
        "no network: the package index does not answer",
        "connect (the first set-up downloads about 300 MB) and run it again",
    ),
    (
        "Failed to establish",
        "no network: the package index does not answer",
        "connect (the first set-up downloads about 300 MB) and run it again",
    ),
    ("timed out", "the network is too slow: the package index did not answer in time", "run it again; it goes on where it stopped"),
    (
        "No matching distribution",
        "a locked package is not to be had for this machine",
        "see the log; Linux and macOS on x86-64 or arm64 are known to work",
    ),
)
"""What pip says, what it means, and what to do about it. The first that occurs wins."""


class Refused(Exception):
    """Something is missing, and a person can put it right."""


def main(arguments: "list[str]") -> int:
    """Set up for running (``run``) or for developing too (``dev``); return the exit code."""
    want = arguments[0] if arguments else "run"
    try:
        if want not in LOCKS:
            raise Refused("say `run` or `dev`")
        if not is_done(want):
            set_up(want)
    except Refused as why:
        sys.stderr.write(f"setup: {why}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("\nsetup: stopped; run it again and it goes on\n")
        return 130
    return 0


def is_done(want: str) -> bool:
    """True if the environment is there and as the lock has it; the one for developing serves for running too."""
    return os.path.exists(python()) and any(
        read(stamp(kind)) == fingerprint(kind) for kind in ([want] if want == "dev" else ["dev", "run"])
    )


def set_up(want: str) -> None:
    """Make the environment, install what is locked, then the project itself."""
    began = time.monotonic()
    interpreter = find_python()
    check_room()
    make_venv(interpreter)
    install(want)
    run_pip(["install", "--no-deps", "--no-build-isolation", "--editable", ROOT], "the project")
    with open(stamp(want), "w") as handle:
        handle.write(fingerprint(want))
    say("environment ready after %.0f s" % (time.monotonic() - began))


def find_python() -> str:
    """Return an interpreter that is neither too old nor too new."""
    names = [os.environ.get("PYTHON") or sys.executable, "python3"] + [f"python3.{minor}" for minor in range(NEWEST[1], OLDEST[1] - 1, -1)]
    seen = []
    for name in names:
        version = version_of(name)
        if version and OLDEST <= version <= NEWEST:
            return name
        if version:
            seen.append(f"{version[0]}.{version[1]}")
    raise Refused(
        "needs Python 3.11, 3.12, 3.13 or 3.14, found only %s; install one of them, or name it: PYTHON=/path/to/python3 make run"
        % (", ".join(sorted(set(seen))) or "none")
    )


def version_of(name: str) -> "tuple[int, int] | None":
    """Return (major, minor) of an interpreter, None if it does not run."""
    try:
        output = subprocess.check_output(
            [name, "-c", "import sys; print(sys.version_info[0], sys.version_info[1])"], stderr=subprocess.DEVNULL
        )
        major, minor = output.split()
        return int(major), int(minor)
    except (OSError, ValueError, subprocess.CalledProcessError):
        return None


def check_room() -> None:
    """Refuse early where nothing can be written."""
    try:
        os.makedirs(os.path.dirname(LOG), exist_ok=True)
        with open(LOG, "w") as handle:
            handle.write("")
        os.makedirs(VENV, exist_ok=True)
    except OSError as error:
        raise Refused(f"cannot write to {ROOT} ({error.strerror}); give write permission or make room") from None
    free = shutil.disk_usage(ROOT).free // 1000000
    if free < NEEDED_MB:
        raise Refused(f"the disk has {free} MB free, {NEEDED_MB} MB are needed; make room and run it again")


def make_venv(interpreter: str) -> None:
    """Make .venv, anew if what is there does not run."""
    version = version_of(python())
    if version and OLDEST <= version <= NEWEST and os.path.exists(os.path.join(VENV, "bin", "pip")):
        return
    say(f"making .venv with {interpreter}")
    with open(LOG, "a") as log:
        done = subprocess.call([interpreter, "-m", "venv", "--clear", VENV], stdout=log, stderr=log)
    if done:
        shutil.rmtree(VENV, ignore_errors=True)
        if "No space left" in read(LOG):
            raise Refused("the disk is full; make room and run it again")
        raise Refused(
            f"{interpreter} has no working venv module; install it (Debian, Ubuntu: apt install python3-venv) or take another Python "
            "by PYTHON=/path/to/python3"
        )


def install(want: str) -> None:
    """Install every locked package, its checksum verified."""
    lock = os.path.join(ROOT, LOCKS[want])
    total = len(re.findall(r"^[A-Za-z0-9_.-]+(\[[^]]*\])?==", read(lock), re.MULTILINE))
    say(f"installing {total} locked packages (the first time a few minutes)")
    run_pip(["install", "--require-hashes", "--requirement", lock], "packages", total)


def run_pip(arguments: "list[str]", what: str, total: int = 0) -> None:
    """Run pip, show how far it is, and say in one line why it failed if it did."""
    command = [python(), "-m", "pip", "--disable-pip-version-check", "--no-input", "--retries", "2", *arguments]
    said: list[str] = []
    seen: set[str] = set()
    shown = time.monotonic()
    with open(LOG, "a") as log:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, universal_newlines=True, cwd=ROOT)
        for line in process.stdout or ():
            log.write(line)
            said.append(line)
            name = re.match(r"(?:Collecting|Requirement already satisfied:) ([A-Za-z0-9_.-]+)", line)
            if name:
                seen.add(name.group(1))
            if line.startswith("Installing collected packages"):
                say("  unpacking")
                total = 0
            if total and time.monotonic() - shown > 3:
                shown = time.monotonic()
                say(f"  {min(len(seen), total)} of {total} packages fetched")
    if process.wait():
        raise Refused(meaning_of("".join(said), what))


def meaning_of(said: str, what: str) -> str:
    """Return what a failed pip means for a person."""
    for sign, meaning, to_do in MEANINGS:
        if sign in said:
            return f"{meaning}; {to_do} (log: {LOG})"
    return f"{what} could not be installed; see {LOG}"


def python() -> str:
    """Path of the environment's interpreter."""
    return os.path.join(VENV, "bin", "python")


def stamp(kind: str) -> str:
    """Path of the file that says the environment is complete."""
    return os.path.join(VENV, f".complete-{kind}")


def fingerprint(kind: str) -> str:
    """Return what the environment is made from, as a hash."""
    parts = [read(os.path.join(ROOT, name)) for name in (LOCKS[kind], "pyproject.toml")]
    return hashlib.sha256("".join([ROOT, *parts]).encode()).hexdigest()


def read(path: str) -> str:
    """Return a file's text, empty if there is none."""
    try:
        with open(path, encoding="utf-8") as handle:
            return handle.read()
    except OSError:
        return ""


def say(text: str) -> None:
    """Print at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
