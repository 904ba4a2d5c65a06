"""The index of the search: keys, each a number made of something by which a child may be found."""

from django.db import models


class SearchKey(models.Model):
    """One thing by which a child is found, as a number: how a name sounds, a day of birth, an address. It says nothing to
    whoever reads it, and is worked out from the records: `goldenthread search rebuild` makes it anew."""

    key = models.BigIntegerField()
    child = models.ForeignKey("cases.Child", on_delete=models.CASCADE, related_name="search_keys")

    class Meta:
        indexes = [models.Index(fields=["key", "child"], name="children_by_key")]

    def __str__(self) -> str:
        return f"search key {self.pk}"
