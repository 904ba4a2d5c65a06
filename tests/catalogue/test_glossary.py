import re
from pathlib import Path

from django.apps import apps

from goldenthread.catalogue.requirements import REQUIREMENTS
from goldenthread.obligations.verdicts import Verdict
from goldenthread.people.roles import ROLES

GLOSSARY = Path(__file__).resolve().parents[2] / "GLOSSARY.md"


def _terms() -> list[str]:
    return re.findall(r"^\| \*\*(.+?)\*\* \|", GLOSSARY.read_text(encoding="utf-8"), re.MULTILINE)


def test_every_role_verdict_requirement_and_record_has_its_word() -> None:
    wanted = {role.title.casefold() for role in ROLES.values()}
    wanted |= {verdict.in_words for verdict in Verdict}
    wanted |= {str(requirement.subject._meta.verbose_name) for requirement in REQUIREMENTS}
    wanted |= {
        str(model._meta.verbose_name)
        for model in apps.get_models()
        if model.__module__.startswith("goldenthread") and not model.__module__.startswith("goldenthread.reports")
    }
    assert wanted - {term.casefold() for term in _terms()} == set()


def test_no_word_is_explained_twice_and_each_in_one_sentence() -> None:
    terms = _terms()
    assert len(terms) == len(set(terms))
    for line in GLOSSARY.read_text(encoding="utf-8").splitlines():
        if line.startswith("| **"):
            meaning = line.split("|")[2].strip()
            assert meaning, line
            assert ". " not in meaning, f"two sentences: {line}"
