from goldenthread.catalogue.requirements import REQUIREMENTS
from goldenthread.core.timescales import library
from goldenthread.core.words import is_placeholder
from goldenthread.obligations.requirement import installed


def test_every_requirement_is_installed_under_a_key_of_its_room() -> None:
    assert {key: installed()[key] for key in (r.key for r in REQUIREMENTS)} == {r.key: r for r in REQUIREMENTS}
    for requirement in REQUIREMENTS:
        room = requirement.key.split(".")[0]
        assert room in requirement.owed.__module__.split("."), requirement.key


def test_every_requirement_says_what_why_and_how_long() -> None:
    for requirement in REQUIREMENTS:
        assert len(requirement.title.split()) >= 4, requirement.key
        assert not is_placeholder(requirement.why), requirement.key
        assert not requirement.title.endswith("."), requirement.key
        assert requirement.why.endswith("."), requirement.key
        assert requirement.timescale is None or requirement.timescale in library(), requirement.key


def test_every_timescale_of_the_library_is_used() -> None:
    assert set(library()) == {requirement.timescale for requirement in REQUIREMENTS} - {None}
