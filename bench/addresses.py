"""The pages that are measured."""

from django.db.models import Count
from django.urls import reverse

from goldenthread.core.clock import today
from goldenthread.core.timescales import add_months
from goldenthread.obligations.models import Obligation
from goldenthread.people.models import Officer
from goldenthread.plan.models import Plan
from goldenthread.standards.referrals.models import Referral


def addresses() -> dict[str, tuple[str, str]]:
    """Pages by what they are: who opens it, and where. Each is the longest of its kind."""
    busiest = (
        Obligation.objects.open()
        .exclude(owner=None)
        .order_by()
        .values("owner")
        .annotate(n=Count("pk"))
        .order_by("-n")[0]
    )
    worker = Officer.objects.get(pk=busiest["owner"]).username
    month = add_months(today().replace(day=1), -2)
    one_figure = f"?team=ra-east&from={month:%Y-%m}&to={month:%Y-%m}"
    plan = Plan.objects.get()
    referral = Referral.objects.annotate(n=Count("onward_referrals")).order_by("-n", "-pk")[0]
    return {
        "work list": (worker, reverse("home")),
        "work list, head of service": ("head-of-service", reverse("home")),
        "drill-down, one figure": ("team-manager", reverse("drill-down", args=["referrals.decision"]) + one_figure),
        "drill-down, everything": ("head-of-service", reverse("drill-down", args=["referrals.decision"])),
        "team board": ("team-manager", reverse("team-board", args=["ra-east"])),
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
