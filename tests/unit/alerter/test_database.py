"""Opening the database: one clear line where it cannot be."""

import stat
from pathlib import Path

import pytest
from sqlalchemy import text

from services.alerter.adapters.database import Database, DatabaseAway
from tests.unit.alerter.builders import open_database


async def test_it_is_durable_and_for_its_owner_alone(tmp_path: Path) -> None:
    database = open_database(tmp_path)

    def pragmas(connection) -> tuple[str, int]:
        return connection.execute(text("PRAGMA journal_mode")).scalar(), connection.execute(text("PRAGMA synchronous")).scalar()

    found = await database.read(pragmas)
    database.close()

    assert found == ("wal", 2)
    assert stat.S_IMODE((tmp_path / "alerter.db").stat().st_mode) == 0o600


def test_a_second_alerter_on_the_same_file_is_refused(tmp_path: Path) -> None:
    first = open_database(tmp_path)

    with pytest.raises(SystemExit, match="is in use by another alerter"):
        open_database(tmp_path)

    first.close()
    open_database(tmp_path).close()


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("nonsense", "is no database URL"),
        ("sqlite:////nowhere/at/all/x.db", "cannot be written: No such file or directory"),
        ("nosuchdialect://x", "cannot be opened"),
    ],
)
def test_a_database_that_cannot_be_opened_is_told_in_one_line(url: str, why: str) -> None:
    with pytest.raises(SystemExit, match=why) as refusal:
        Database(url)

    assert "\n" not in str(refusal.value)


def test_a_file_that_is_no_database_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "alerter.db").write_bytes(b"not a database at all, but long enough to be read" * 10)

    with pytest.raises(SystemExit, match="file is not a database"):
        open_database(tmp_path)


async def test_what_may_pass_is_told_apart_from_what_will_not(tmp_path: Path) -> None:
    database = open_database(tmp_path)

    with pytest.raises(DatabaseAway):
        await database.read(lambda connection: connection.execute(text("select * from no_such_table")))

    database.close()
