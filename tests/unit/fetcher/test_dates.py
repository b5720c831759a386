from datetime import UTC, datetime
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.fetcher.domain.feeds.dates import parse_date

NOON = datetime(2017, 6, 22, 12, 0, tzinfo=UTC)
DATES = {
    "rfc 822": ("Thu, 22 Jun 2017 12:00:00 GMT", NOON),
    "offset": ("Thu, 22 Jun 2017 15:00:00 +0300", NOON),
    "american zone": ("Thu, 22 Jun 2017 08:00:00 EDT", NOON),
    "european zone": ("Thu, 22 Jun 2017 14:00:00 CEST", NOON),
    "british summer": ("Thu, 22 Jun 2017 13:00:00 BST", NOON),
    "no seconds": ("Thu, 22 Jun 2017 12:00 GMT", NOON),
    "no weekday": ("22 Jun 2017 12:00:00 GMT", NOON),
    "two-digit year": ("Thu, 22 Jun 17 12:00:00 GMT", NOON),
    "rfc 850": ("Thursday, 22-Jun-17 12:00:00 GMT", NOON),
    "wrong weekday": ("Mon, 22 Jun 2017 12:00:00 GMT", NOON),
    "long month": ("Thu, 22 June 2017 12:00:00 GMT", NOON),
    "rfc 3339": ("2017-06-22T12:00:00Z", NOON),
    "rfc 3339 offset": ("2017-06-22T14:00:00.000+02:00", NOON),
    "compact offset": ("2017-06-22T14:00:00+0200", NOON),
    "blank for T": ("2017-06-22 12:00:00", NOON),
    "no zone": ("2017-06-22T12:00", NOON),
    "a day": ("2017-06-22", datetime(2017, 6, 22, tzinfo=UTC)),
    "a month": ("2017-06", datetime(2017, 6, 1, tzinfo=UTC)),
    "leap second": ("2016-12-31T23:59:60Z", datetime(2016, 12, 31, 23, 59, 59, tzinfo=UTC)),
    "midnight as 24": ("Wed, 21 Jun 2017 24:00:00 GMT", datetime(2017, 6, 22, tzinfo=UTC)),
    "the epoch is no date": ("1970-01-01T00:00:00Z", None),
    "year one is no date": ("0001-01-01T00:00:00Z", None),
    "no such day": ("2017-02-30T00:00:00Z", None),
    "words": ("yesterday", None),
    "empty": ("  ", None),
}


@pytest.mark.parametrize(("text", "expected"), DATES.values(), ids=DATES.keys())
def test_dates_are_read_as_utc(text: str, expected: datetime | None) -> None:
    assert parse_date(text) == expected


@given(st.text(max_size=60))
def test_any_text_is_a_date_or_none(text: str) -> None:
    found = parse_date(text)

    assert found is None or found.tzinfo is UTC


@given(st.datetimes(min_value=datetime(1971, 1, 1), timezones=st.timezones()))
def test_an_iso_date_comes_back(moment: datetime) -> None:
    if (offset := moment.utcoffset()) is not None and offset.seconds % 60 == 0:
        assert parse_date(moment.isoformat()) == moment.astimezone(UTC)


@given(st.datetimes(min_value=datetime(1971, 1, 1), timezones=st.timezones()))
def test_a_usual_rss_date_and_an_unusual_one_are_the_same(moment: datetime) -> None:
    moment = moment.replace(microsecond=0)
    if (offset := moment.utcoffset()) is not None and offset.seconds % 60 == 0:
        usual = format_datetime(moment)
        assert parse_date(usual) == moment.astimezone(UTC)
        assert parse_date(usual.upper()) == moment.astimezone(UTC)
