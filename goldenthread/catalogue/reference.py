"""The pages of docs/reference that are written from the code, so that they cannot say something else."""

from collections.abc import Sequence

from goldenthread.catalogue.requirements import REQUIREMENTS
from goldenthread.core.timescales import library
from goldenthread.people.access import Door, access_table
from goldenthread.people.roles import ROLES

NOTICE = "Written from the code by `goldenthread reference`; do not edit."


def _page(title: str, *parts: str) -> str:
    return "\n\n".join((f"# {title}", NOTICE, *parts)) + "\n"


def _table(headings: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    def line(cells: tuple[str, ...]) -> str:
        return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"

    return "\n".join((line(headings), "|" + "---|" * len(headings), *map(line, rows)))


def requirements_page() -> str:
    """Every requirement: what it asks, why, what it serves, and how long it gives."""
    rules = library()
    parts = []
    for requirement in REQUIREMENTS:
        limit = "by a date of its own"
        if requirement.timescale:
            dated = rules[requirement.timescale]
            limit = f"{dated[-1].in_words()} ([{requirement.timescale}](timescales.md#{requirement.timescale}))"
        serves = f"recommendation {requirement.serves}" if requirement.serves[:1].isdigit() else requirement.serves
        parts.append(
            f"## {requirement.key}\n\n**{requirement.title}.** {requirement.why}\n\n"
            f"- Serves: {serves}\n- Asked of each: {requirement.subject._meta.verbose_name}\n- In time: {limit}"
        )
    return _page("Requirements", *parts)


def timescales_page() -> str:
    """The rule library, with the dates between which each rule holds and its source."""
    parts = []
    for key, dated in library().items():
        rows = [
            (
                f"{rule.valid_from:%Y-%m-%d}",
                f"{rule.valid_until:%Y-%m-%d}" if rule.valid_until else "today",
                rule.in_words(),
                "the council's own" if rule.local else "national",
                rule.citation,
            )
            for rule in dated
        ]
        first = dated[0]
        parts.append(
            f"## {key}\n\n{first.title}. The clock starts {first.starts}.\n\n"
            + _table(("from", "until", "in time", "set by", "source"), rows)
        )
    return _page(
        "Timescales",
        "A record is judged by the rule in force on the day its clock started. Working days are Monday to Friday, "
        "less England's bank holidays; the day itself is day nought, and the last one counts to its end.",
        *parts,
    )


def access_page() -> str:
    """Who may do what, and who may open which page."""
    roles = [
        (role.title, role.scope, "; ".join(sorted(permission.value for permission in role.permissions)))
        for role in ROLES.values()
    ]
    pages = [
        (f"`{name}`", rule.value if isinstance(rule, Door) else f"those who may {rule.value}")
        for name, rule in sorted(access_table().items())
    ]
    return _page(
        "Access",
        "Which records a role reaches: those of its team, of its group of teams, of the whole service, or none.",
        _table(("role", "reaches", "may"), roles),
        "## Pages\n\nA page that is not in this list is closed to everyone.",
        _table(("page", "who may open it"), pages),
    )
