"""Actions of the plan that several officers lead: one of them answers for it, or none, and all have it on their list."""

from goldenthread.people.models import Officer
from goldenthread.plan.models import LeadParty


def shared_with(officer: Officer) -> dict[int, str]:
    """Actions that an officer leads by name or through their post, and does not answer for alone: by key, with whom
    they are shared. One query, whatever the plan's length; those that are done are among them."""
    found = (
        LeadParty.objects.naming(officer)
        .exclude(lead__action__owner=officer)
        .order_by()
        .values_list("lead__action", "lead__action__owner__name", "officer", "post__title")
    )
    shared: dict[int, str] = {}
    for action, answers, named, post in found:
        whom = answers or (f"other {_several(post)}" if post and not named else "others whom the plan names")
        shared[action] = f"shared with {whom}"
    return shared


def _several(title: str) -> str:
    """“team managers”, “heads of service”: the holders of a post. What is written in capitals stays so."""
    words = [word if word.isupper() else word.lower() for word in title.split()]
    last = next((place for place, word in enumerate(words) if word in ("of", "for")), len(words)) - 1
    words[last] += "s"
    return " ".join(words)
