"""Claim and subscription files: every mistake with its line, field and reason."""

from pathlib import Path

import pytest

from schemas.words import Status
from services.alerter.adapters import subscription_file, subscription_store
from services.alerter.adapters.claim_file import read_claims
from services.alerter.adapters.subscription_file import read_subscriptions
from services.alerter.adapters.yaml_file import BadFile
from services.chassis.addresses import AllowList
from tests.unit.alerter.builders import SECRET, T0, add_endpoint, open_database

GOOD_CLAIM = """\
claims:
  - claim_id: leader-killed
    statement: The leader was killed
    keywords: [leader killed]
    subject: {name: the leader}
"""
GOOD = f"""\
endpoints:
  - endpoint_id: desk
    url: https://hooks.example/in
    secret: {SECRET}
subscriptions:
  - subscription_id: all
    endpoint_id: desk
  - subscription_id: confirmed
    endpoint_id: desk
    claims: [leader-killed]
    statuses: [confirmed, refuted]
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "file.yaml"
    path.write_text(text)
    return path


def mistakes(path: Path, allow: tuple[str, ...] = ()) -> list[str]:
    with pytest.raises(BadFile) as refusal:
        read_subscriptions(path, AllowList(allow))
    return [line.removeprefix(str(path)) for line in refusal.value.lines]


def test_a_sound_claim_file_gives_its_claims(tmp_path: Path) -> None:
    assert [claim.claim_id for claim in read_claims(write(tmp_path, GOOD_CLAIM))] == ["leader-killed"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("claims: [", ":1: not YAML", id="no YAML"),
        pytest.param("", ":1: claims: Field required", id="empty"),
        pytest.param("- a", ":1: file: Input should be a valid dictionary", id="a list"),
        pytest.param(
            GOOD_CLAIM + "    policy: {min_origins: 0}\n", ":6: claims[0].policy.min_origins (leader-killed): ", id="out of range"
        ),
        pytest.param(GOOD_CLAIM + "    keyword: [x]\n", ":6: claims[0].keyword (leader-killed): Extra inputs", id="unknown field"),
        pytest.param(GOOD_CLAIM + "    query: a AND b\n", ":2: claims[0] (leader-killed): give either keywords or a query", id="both ways"),
        pytest.param(GOOD_CLAIM + "    statement: Twice\n", ":6: statement: given twice", id="a key twice"),
        pytest.param(
            GOOD_CLAIM + "  - {claim_id: leader-killed, statement: Again, keywords: [a], subject: {name: b}}\n",
            ":6: claims[1].claim_id (leader-killed): is claims[0] already",
            id="an id twice",
        ),
    ],
)
def test_a_wrong_claim_is_refused_with_line_field_and_reason(tmp_path: Path, text: str, expected: str) -> None:
    path = write(tmp_path, text)

    with pytest.raises(BadFile) as refusal:
        read_claims(path)

    assert refusal.value.lines[0].removeprefix(str(path)).startswith(expected)


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    path = write(tmp_path, "claims:\n  - {claim_id: A B, statement: x, keywords: [a], subject: {name: b}}\n  - {}\n")

    with pytest.raises(BadFile) as refusal:
        read_claims(path)

    fields = [line.split(": ")[1] for line in refusal.value.lines]
    assert fields == [
        "claims[0].claim_id (A B)",
        "claims[0].statement (A B)",
        "claims[1].claim_id",
        "claims[1].statement",
        "claims[1].subject",
    ]


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="cannot be read: No such file"):
        read_claims(tmp_path / "missing.yaml")


def test_a_sound_subscription_file_gives_endpoints_and_filters(tmp_path: Path) -> None:
    content = read_subscriptions(write(tmp_path, GOOD), AllowList())

    assert [(one.endpoint_id, one.secret) for one in content.endpoints] == [("desk", SECRET)]
    assert content.subscriptions[1].statuses == {Status.CONFIRMED, Status.REFUTED}


def test_a_secret_may_be_in_a_file_beside(tmp_path: Path) -> None:
    (tmp_path / "desk.secret").write_text(SECRET + "\n")

    content = read_subscriptions(write(tmp_path, GOOD.replace(f"secret: {SECRET}", "secret_file: desk.secret")), AllowList())

    assert content.endpoints[0].secret == SECRET


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param(("https://", "http://"), ":3: endpoints[0].url (desk): plain http is for hosts in ALERTER_ALLOW", id="no TLS"),
        pytest.param(
            ("hooks.example", "10.0.0.1"), ":3: endpoints[0].url (desk): 10.0.0.1 is at an address that is not public", id="private"
        ),
        pytest.param(("hooks.example", "2130706433"), ":3: endpoints[0].url (desk): ", id="decimal"),
        pytest.param(("hooks.example", "me:pw@hooks.example"), ":3: endpoints[0].url (desk): credentials", id="credentials"),
        pytest.param(("https://", "ftp://"), ":3: endpoints[0].url (desk): scheme ftp", id="scheme"),
        pytest.param((SECRET, "whsec_c2hvcnQ="), ":4: endpoints[0].secret (desk): a secret holds 24 to 64 bytes, this one 5", id="short"),
        pytest.param((f"secret: {SECRET}", "secret_file: none"), ":4: endpoints[0].secret_file (desk): cannot be read", id="no file"),
        pytest.param((f"    secret: {SECRET}\n", ""), ":2: endpoints[0] (desk): give either secret or secret_file", id="none"),
        pytest.param(("[confirmed, refuted]", "[sure]"), ":11: subscriptions[1].statuses[0] (confirmed): Input should be", id="status"),
        pytest.param(
            ("[leader-killed]", "leader-killed"), ":10: subscriptions[1].claims (confirmed): Input should be a valid tuple", id="no list"
        ),
        pytest.param(
            ("all\n    endpoint_id: desk", "all\n    endpoint_id: dsk"), ":7: subscriptions[0].endpoint_id (", id="unknown endpoint"
        ),
        pytest.param(("subscription_id: confirmed", "subscription_id: all"), ":8: subscriptions[1].subscription_id (all): is", id="twice"),
    ],
)
def test_a_wrong_subscription_is_refused_with_line_field_and_reason(tmp_path: Path, change: tuple[str, str], expected: str) -> None:
    found = mistakes(write(tmp_path, GOOD.replace(*change)))

    assert found[0].startswith(expected), found
    assert not any(SECRET in line or "c2hvcnQ" in line for line in found)


def test_an_allowed_host_may_be_reached_without_tls(tmp_path: Path) -> None:
    text = GOOD.replace("https://hooks.example/in", "http://127.0.0.1:9000/in")

    assert read_subscriptions(write(tmp_path, text), AllowList(["127.0.0.0/8"])).endpoints[0].url == "http://127.0.0.1:9000/in"


async def test_taking_a_file_over_twice_changes_nothing_and_what_it_drops_goes(tmp_path: Path) -> None:
    database = open_database(tmp_path)
    await add_endpoint(database, "made-by-api")
    full = read_subscriptions(write(tmp_path, GOOD), AllowList())
    less = read_subscriptions(write(tmp_path, GOOD.split("  - subscription_id: confirmed")[0]), AllowList())

    async def ids_after(content: subscription_file.ReadFile) -> tuple[list[str], list[str]]:
        await database.write(lambda connection: subscription_file.take_over(connection, content, now=T0))
        endpoints = await database.read(subscription_store.list_endpoints)
        subscriptions = await database.read(subscription_store.list_subscriptions)
        return [one.endpoint_id for one in endpoints], [one.wanted.subscription_id for one in subscriptions]

    first, second = await ids_after(full), await ids_after(full)
    third = await ids_after(less)
    database.close()

    assert first == second == (["desk", "made-by-api"], ["all", "confirmed", "sub-made-by-api"])
    assert third == (["desk", "made-by-api"], ["all", "sub-made-by-api"])
