"""The register: the child is on it, and the referral was checked twice; once it is not decided yet."""

from assurance.rows import Hands, Pages, Row, World, each

POSTED = {"check": {"do": "none"}}
READING = {"read register entry", "see register check", "list register"}


def fill(row: Row, hands: Hands) -> None:
    """An entry; two checks that found nobody by name, since all are alike here, and that showed the child's sister."""
    from goldenthread.core.clock import now
    from goldenthread.standards.assessment.register.actions import enter_on_register
    from goldenthread.standards.assessment.register.checking import Ask, ask_register, decide_check
    from goldenthread.standards.assessment.register.models import Shown

    entry = enter_on_register(
        case_file=row.case_file, child=row.child, categories=["neglect"], name=row.word("key worker"), occurred_at=now(),
        by=hands.manager,
    )  # fmt: skip
    asks = [Ask(family_name="Nobody", child=row.child)]
    checks = [ask_register(asks=asks, referral=row.referral, by=hands.by) for _ in range(2)]
    shown = []
    for check in checks:
        asked = check.asked.get()
        shown.append(
            Shown.objects.create(asked=asked, child_id=row.made["sister"], place=1, score=70, why=[], state="none")
        )
        check.asked.update(given_names=row.word("given"), other_names=row.word("other"))
    decide_check(check=checks[0], answers={shown[0].pk: "unsure"}, occurred_at=now(), by=hands.by)
    row.made |= {
        "entry": entry.pk, "listing": entry.listings.get().pk, "check": checks[0].pk, "waiting": checks[1].pk,
    }  # fmt: skip


def keys(row: Row) -> list[tuple[str, int]]:
    """The child's own: see `oversight`."""
    return []


def addresses(world: World, row: Row, *, pdf: bool) -> Pages:
    """Its pages."""
    made = row.made
    return {
        **each(("referral-register", "referral-settle"), row.referral.pk),
        **each(("register-entry", "register-kinds", "register-worker", "register-end"), made["entry"]),
        "register-correct": [[made["entry"], "listing", made["listing"]]], "file-enter": [[row.case_file.pk]],
        "check": [[made["check"]], [made["waiting"]]], "check-correct": [[made["check"]]],
    }  # fmt: skip
