"""Finding a child by what somebody says of them: names as they sound, other names, near dates of birth, addresses.

`search.find` answers; `keeping` keeps the index that it reads. Whatever saves a child, another name or an address is
indexed at once (`keeping.listen`); what writes rows past `save()` calls `index` for each child, or `rebuild` for all.
See docs/decisions/0014.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from goldenthread.cases.models import Child


def index(child: "Child") -> None:
    """Bring a child's keys into step with the child's names, date of birth and addresses as they stand."""
    from goldenthread.cases.finding.keeping import index_children  # the models of this folder import it first

    index_children([child.pk])


def forget(child: "Child") -> None:
    """Let a child be found no longer: a record that was merged into another."""
    from goldenthread.cases.finding.models import SearchKey

    SearchKey.objects.filter(child=child).delete()
