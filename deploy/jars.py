"""Resolves the jars of Kafka: from the lock, into the project's own cache, never past a checksum.

Which jars there are is decided by ``jgo.toml`` and frozen in ``jgo.lock.toml``. Neither names an index:
the resolver asks the one it is set up for.
"""

import fcntl
import os
import ssl
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import requests
from jgo.env import EnvironmentSpec, LockFile
from jgo.env._lockfile import LockedDependency, compute_sha256, compute_spec_hash
from jgo.maven import MavenContext

from deploy.trouble import Trouble

SPEC = Path(__file__).with_name("jgo.toml")
LOCK = Path(__file__).with_name("jgo.lock.toml")
CACHE = Path(__file__).parents[1] / ".claimwatch" / "jars"
PARALLEL = 8

Say = Callable[[str], None]


def resolve_jars(cache: Path = CACHE, *, say: Say = lambda _: None) -> list[Path]:
    """Return the paths of all locked jars; download what is missing.

    Every file is compared with its SHA-256 on every call; one that differs is downloaded anew, once.

    Raises:
        Trouble: If a jar cannot be had, or is not what the lock says.
    """
    lock = LockFile.load(LOCK)
    with _alone_in(cache):
        wanting = [dep for dep in lock.dependencies if not _is_sound(dep, cache)]
        if wanting:
            say(f"downloading {len(wanting)} of {len(lock.dependencies)} jars of Kafka (40 MB in all)")
            _download(wanting, cache)
        errors = lock.verify_checksums(cache)
    if errors:
        raise Trouble(f"a jar of Kafka is not what the lock says: {errors[0]}", "do not use it; try again, or ask whoever runs your mirror")
    return [_path(dep, cache) for dep in lock.dependencies]


def write_lock(cache: Path = CACHE) -> LockFile:
    """Resolve ``jgo.toml`` anew and write the lock with the checksum of every jar."""
    spec = EnvironmentSpec.load(SPEC)
    context = _context(cache)
    inputs, transitive = context.resolver.resolve([context.create_dependency(name) for name in spec.coordinates])
    lock = LockFile.from_resolved_dependencies(
        [*inputs, *transitive],
        environment_name=spec.name,
        java_version=spec.java_version,
        entrypoints=spec.entrypoints,
        default_entrypoint=spec.default_entrypoint,
        spec_hash=compute_spec_hash(SPEC),
    )
    lock.save(LOCK)
    return lock


def _path(dep: LockedDependency, cache: Path) -> Path:
    tail = f"-{dep.classifier}" if dep.classifier else ""
    return cache / dep.groupId.replace(".", "/") / dep.artifactId / dep.version / f"{dep.artifactId}-{dep.version}{tail}.{dep.packaging}"


def _is_sound(dep: LockedDependency, cache: Path) -> bool:
    path = _path(dep, cache)
    if not path.exists():
        return False
    if compute_sha256(path) == dep.sha256:
        return True
    path.unlink()  # cut off by an interrupted download, or worse
    return False


def _download(wanting: list[LockedDependency], cache: Path) -> None:
    context = _context(cache)

    def fetch(dep: LockedDependency) -> None:
        component = context.project(dep.groupId, dep.artifactId).at_version(dep.version)
        component.artifact(dep.classifier or "", dep.packaging).resolve()

    try:
        with ThreadPoolExecutor(PARALLEL) as pool:
            list(pool.map(fetch, wanting))
    except requests.exceptions.SSLError as error:
        raise Trouble(
            "the jars of Kafka cannot be downloaded: the certificate of the server is not trusted here",
            "set REQUESTS_CA_BUNDLE to your organisation's certificates",
        ) from error
    except (requests.RequestException, RuntimeError) as error:
        raise Trouble(
            "the jars of Kafka cannot be downloaded: no answer from Maven Central", "check the network and run it again"
        ) from error
    except OSError as error:
        raise Trouble(f"the jars of Kafka cannot be kept in {cache}: {error.strerror}", "make room or give write permission") from error


def _context(cache: Path) -> MavenContext:
    # requests trusts its own bundle only; a machine's own authorities are in the system's.
    system = ssl.get_default_verify_paths().cafile or "/etc/ssl/certs/ca-certificates.crt"
    if Path(system).exists():
        os.environ.setdefault("REQUESTS_CA_BUNDLE", system)
    return MavenContext(repo_cache=cache, timeout=60)


@contextmanager
def _alone_in(cache: Path) -> Iterator[None]:
    """Hold the cache, so that two programs do not write one file at once."""
    try:
        cache.mkdir(parents=True, exist_ok=True)
        handle = (cache / ".lock").open("w")
    except OSError as error:
        raise Trouble(f"cannot write to {cache}: {error.strerror}", "make room or give write permission") from error
    with handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    if sys.argv[1:] == ["lock"]:
        print(f"{len(write_lock().dependencies)} jars locked in {LOCK.name}")
    else:
        print(f"{len(resolve_jars(say=print))} jars in place, checksums verified")
