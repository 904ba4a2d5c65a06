"""The plan, its reports and figures, and accounts: pages of no child's record."""

from assurance.rows import MISSING, Hands, Pages, Row, World, each

KINDS = ("html", "docx", "json", "pdf")
REPORTS = (
    "unmet-need", "written-referrals", "legal-advice", "childs-views", "interpreters", "temporary-accommodation",
)  # fmt: skip
POSTED: dict[str, dict[str, str]] = {}
READING = {"see what is owed", "see list"}


def fill(row: Row, hands: Hands) -> None:
    """Nothing of it is on a record."""


def keys(row: Row) -> list[tuple[str, int]]:
    """None of a record."""
    return []


def addresses(world: World, row: Row, *, pdf: bool) -> Pages:
    """The pages of the plan and of what is published, of accounts, and of figures."""
    plan, rec = world.plan, world.recommendation
    kinds = [kind for kind in KINDS if pdf or kind != "pdf"]
    return {
        **each((
            "account", "account-change", "account-close", "account-reopen", "account-new-password",
            "account-reset-second-factor",
        ), row.officer.pk),
        **each(("account-home", "account-home-forget", "account-review"), world.somebody),
        "requirement": [["referrals.decision"]], "drill-down": [["referrals.decision"], ["oversight.break-glass-review"]],
        **each(("plan", "plan-changes"), plan),
        "plan-export": [[plan, kind] for kind in ("json", "xlsx", "docx")],
        **each((
            "plan-action-complete", "plan-action-reopen", "plan-action-due", "plan-action-reassign",
        ), world.action),
        "plan-settle": [[MISSING]], "plan-import-correct": [["1.1"]], "plan-untie": [[plan, rec, "referrals.decision"]],
        **each((
            "plan-recommendation", "plan-action-add", "plan-next-step-add", "plan-pair", "plan-progress-add", "plan-tie",
        ), plan, rec),
        "report-progress": [[plan, world.as_at]],
        "report-progress-file": [[plan, world.as_at, kind] for kind in kinds],
        "report-named": [[name, world.as_at] for name in REPORTS],
        "report-named-file": [["unmet-need", world.as_at, kind] for kind in kinds],
        "report-named-publish": [["temporary-accommodation", world.as_at]],
        "report-published": [[world.published]],
        "report-published-file": [[world.published, kind] for kind in kinds],
        "trail-account": [[MISSING]],
    }  # fmt: skip
