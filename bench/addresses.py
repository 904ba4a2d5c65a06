"""The pages that are measured."""

from django.db.models import Count
from django.urls import reverse

from goldenthread.obligations.models import Obligation
from goldenthread.people.models import Officer
from goldenthread.plan.models import Plan
from goldenthread.standards.referrals.models import Referral


def addresses() -> dict[str, tuple[str, str]]:
    """Pages by what they are: who opens it, and where. Each is the longest of its kind."""
    busiest = (
        Obligation.objects.open()
        .filter(owner__role="worker")
        .order_by()
        .values("owner")
        .annotate(n=Count("pk"))
        .order_by("-n")[0]
    )
    worker = Officer.objects.get(pk=busiest["owner"]).username
    decided = Obligation.objects.filter(requirement="referrals.decision", team__key="ra-east").order_by()
    month = decided.values("month").annotate(n=Count("pk")).order_by("-n", "-month")[0]["month"]
    one_figure = f"?team=ra-east&from={month:%Y-%m}&to={month:%Y-%m}"
    plan = Plan.objects.get()
    eventful = Referral.objects.exclude(onward_referrals__police_told=None).order_by("-pk")
    referral = eventful.exclude(decisions__unmet_need_answers__needs=None).first() or eventful[0]
    return {
        "work list": (worker, reverse("home")),
        "work list, head of service": ("head-of-service", reverse("home")),
        "drill-down, one figure": ("team-manager", reverse("drill-down", args=["referrals.decision"]) + one_figure),
        "drill-down, everything": ("head-of-service", reverse("drill-down", args=["referrals.decision"])),
        "team board": ("team-manager", reverse("team-board", args=["ra-east"])),
        "what a team owes": ("team-manager", reverse("team-work", args=["ra-east"])),
        "figures": ("head-of-service", reverse("figures")),
        "one requirement": ("head-of-service", reverse("requirement", args=["referrals.decision"])),
        "list of referrals": ("head-of-service", reverse("referrals")),
        "one referral": ("head-of-service", referral.get_absolute_url()),
        "unmet need": ("head-of-service", reverse("unmet-need")),
        "written referrals": ("head-of-service", reverse("written-referrals")),
        "plan": ("head-of-service", plan.get_absolute_url()),
        "one recommendation": ("head-of-service", reverse("plan-recommendation", args=[plan.pk, "1.1"])),
        "reports": ("head-of-service", reverse("reports")),
    }
