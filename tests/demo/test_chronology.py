"""The made-up chronologies are as the verbs would have them, and each duty is met, late and missed somewhere."""

import io
import random
import re
import zipfile

import pytest
from django.db.models import F

from goldenthread.cases.events import events_of, left_out
from goldenthread.cases.models import CaseFile
from goldenthread.core import rules
from goldenthread.core.clock import at_minute, day_of
from goldenthread.obligations import tally
from goldenthread.people.roles import Permission
from goldenthread.reports import formats
from goldenthread.reports.chronology import chronology_document
from goldenthread.standards.allocation.chronology.models import (
    ChronologyReview,
    ChronologySeen,
    EventMark,
    SignificantEvent,
)
from goldenthread.standards.allocation.chronology.reading import chronology_of
from goldenthread.standards.allocation.chronology.requirements import REQUIREMENTS
from goldenthread.standards.referrals.models import Referral
from tests.cases.whole_chronology import Expected, differences, expected
from tests.demo.conftest import NOW

# Both databases hold the same rows (test_load), and of these the tests count what they say.
pytestmark = [pytest.mark.usefixtures("authority"), pytest.mark.once]


def test_nothing_is_there_that_the_verbs_would_have_refused() -> None:
    events = SignificantEvent.objects.select_related("case_file", "by").prefetch_related(
        "children", "case_file__children"
    )
    for event in events:
        assert event.children.all()
        assert {child.pk for child in event.children.all()} <= {child.pk for child in event.case_file.children.all()}
        assert day_of(event.occurred_at) <= event.learnt_on <= day_of(event.recorded_at)
        assert event.significance != "routine"
        for words in (event.what, event.why, event.told_by):
            rules.check_words(words, "it")
    for review in ChronologyReview.objects.select_related("case_file", "by", "to"):
        assert review.occurred_at > review.case_file.opened_at
        assert review.by.may(Permission.RECORD_REFERRALS)
        assert review.to is not None
        assert review.to.may(Permission.SIGN_OFF)
    for seen in ChronologySeen.objects.select_related("review", "by"):
        assert seen.occurred_at >= at_minute(seen.review.occurred_at)
        assert seen.by.may(Permission.SIGN_OFF)
        assert seen.by_id != seen.review.by_id
    marked = set(EventMark.objects.values_list("target", "case_file"))
    assert marked <= set(Referral.objects.values_list("pk", "case_file"))
    assert not EventMark.objects.filter(recorded_at__lt=F("occurred_at")).exists()


def test_each_duty_is_met_late_and_missed_somewhere_but_what_is_never_put_in() -> None:
    totals = tally.totals(tally.tally(NOW))
    for requirement in REQUIREMENTS:
        counts = totals[requirement.key]
        assert counts.met > 20, requirement.key
        assert counts.late > 5, requirement.key
        assert counts.overdue or requirement.key == "allocation.chronology-event", requirement.key


def test_some_of_it_was_known_late_and_some_was_corrected() -> None:
    busy = SignificantEvent.objects.exclude(supersedes=None)[0].case_file
    events = [event for event in events_of(busy).events if event.label == "chronology.significantevent"]
    assert any(event.corrected for event in events)
    told = [event for file in CaseFile.objects.order_by("opened_at")[:4] for event in events_of(file).events]
    assert [event for event in told if event.late]
    assert len({(event.key, event.url) for event in told}) > 50


def some_of_each_kind(ought: Expected) -> list[int]:
    """Files that together have every kind of record there is, the fullest, and some by chance."""
    kinds = {file: {key.partition(":")[0] for key, *_ in events} for file, events in ought.items()}
    wanted, chosen = set().union(*kinds.values()), list[int]()
    while wanted:
        chosen.append(max(kinds, key=lambda file: (len(kinds[file] & wanted), -file)))
        wanted -= kinds[chosen[-1]]
    fullest = sorted(ought, key=lambda file: (-len(ought[file]), file))[:4]
    return sorted({*chosen, *fullest, *random.Random(3).sample(sorted(ought), 8)})


def printed(document: str | bytes, kind: str) -> list[str]:
    """The rows of the table of events, as they stand in the file: the text of each, and not the one of its headings."""
    if kind == "html":
        text = document.decode() if isinstance(document, bytes) else document
        table = re.search(r"<table.*?Events of the children.*?</table>", text, re.DOTALL)
        assert table is not None
        return re.findall(r"<tr.*?</tr>", table[0], re.DOTALL)[1:]
    assert isinstance(document, bytes)
    text = zipfile.ZipFile(io.BytesIO(document)).read("word/document.xml").decode()
    tables = [table for table in re.findall(r"<w:tbl>.*?</w:tbl>", text, re.DOTALL) if "Why it matters" in table]
    return re.findall(r"<w:tr[ >].*?</w:tr>", tables[0], re.DOTALL)[1:]


def test_a_chronology_holds_every_dated_record_once_and_so_does_the_printed_one() -> None:
    ought = expected()
    files = CaseFile.objects.in_bulk(some_of_each_kind(ought))
    held = {key.partition(":")[0] for file in files for key, *_ in ought[file]}
    rooms = {label.partition(".")[0] for label in held}
    assert rooms > {"allocating", "transferring", "conferring", "supervising", "closing", "chronology", "protection"}
    assert not held & set(left_out())
    assert differences(files.values(), ought) == []
    together = 0
    for file in sorted(files.values(), key=lambda one: -len(ought[one.pk]))[:3]:
        events = chronology_of(file).events
        together += sum(len(event.also) for event in events)
        document = chronology_document(
            file, children=list(file.children.all()), people={}, events=events, reviews=[], narrowed=[], at=NOW, by="Nobody"
        )  # fmt: skip
        once = len(ought[file.pk]) - sum(len(event.also) for event in events)
        for kind in ("html", "docx"):
            rows = [re.sub(r"<[^>]+>", "", row) for row in printed(formats.render(document, kind), kind)]
            assert len(rows) == once
            for row, event in zip(rows, events, strict=True):
                assert row.lstrip().startswith(event.when)
    assert together, "no conference of two rooms is told as one"
