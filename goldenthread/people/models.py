"""Officers, teams, posts and standing groups."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac

from goldenthread.core.clock import now
from goldenthread.people.roles import ROLES, Permission, Role


class Area(models.Model):
    """Several teams under one group manager."""

    name = models.CharField(max_length=80, unique=True)

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """A team of officers that holds cases."""

    key = models.SlugField(unique=True)
    name = models.CharField(max_length=80, unique=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="teams", null=True, blank=True)
    takes_referrals = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """A job by its title (“Head of Service”), whoever holds it. Plans name posts as often as people."""

    title = models.CharField(max_length=120, unique=True)
    role = models.CharField(max_length=30, choices=[(key, role.title) for key, role in ROLES.items()])
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True)

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class StandingGroup(models.Model):
    """A committee or working group that a plan can name as a lead."""

    name = models.CharField(max_length=120, unique=True)

    def __str__(self) -> str:
        return self.name


class OfficerManager(BaseUserManager["Officer"]):
    def create_officer(
        self, username: str, *, name: str, role: str, password: str | None = None, **fields: object
    ) -> "Officer":
        """A new officer. Raises KeyError for a role that does not exist. Without a password, they cannot sign in."""
        officer = Officer(username=self.model.normalize_username(username), name=name, role=ROLES[role].key, **fields)
        officer.set_password(password)
        officer.save(using=self._db)
        return officer


class Officer(AbstractBaseUser):
    """A person who works for, or governs, the children's service. There is no superuser: a role is all there is."""

    username = models.CharField(max_length=150, unique=True)
    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    role = models.CharField(max_length=30, choices=[(key, role.title) for key, role in ROLES.items()])
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="officers")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, blank=True, related_name="managers")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, blank=True, related_name="holders")
    is_active = models.BooleanField(default=True)
    opened_at = models.DateTimeField(default=now, null=True)  # or opened again: dormant when long not used since
    joined_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)
    must_change_password = models.BooleanField(default=False)
    session_mark = models.PositiveIntegerField(default=0)
    oidc_subject = models.CharField(max_length=255, blank=True)  # who they are to the council's own sign-in

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name", "role"]
    objects: ClassVar[OfficerManager] = OfficerManager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def role_data(self) -> Role:
        """The role's title, permissions and scope."""
        return ROLES[self.role]

    def get_session_auth_hash(self) -> str:
        """What every session of the officer carries: it ends when the password or the session mark changes."""
        return salted_hmac(
            "goldenthread.session", f"{self.password}|{self.session_mark}", algorithm="sha256"
        ).hexdigest()

    def may(self, permission: Permission) -> bool:
        """Whether the officer's role holds this permission, and the account is in use."""
        return self.is_active and permission in self.role_data.permissions

    def line_team_ids(self) -> list[int] | None:
        """The teams whose work this officer answers for as its line of management; None for all, an empty list for none."""
        return self.team_ids_reached() if self.role_data.line else []

    def team_ids_reached(self) -> list[int] | None:
        """The teams whose work this officer sees counted; None for all; an empty list for none."""
        if not self.may(Permission.READ_RECORDS):
            return []
        match self.role_data.scope:
            case "service":
                return None
            case "group":
                return (
                    list(Team.objects.filter(area_id=self.area_id).values_list("pk", flat=True)) if self.area_id else []
                )
            case "team":
                return [self.team_id] if self.team_id else []
            case _:
                return []


class SecondFactor(models.Model):
    """An officer's authenticator app. The secret is sealed with a key outside the database, and nobody is shown it again."""

    officer = models.OneToOneField(Officer, on_delete=models.CASCADE, related_name="second_factor")
    sealed = models.TextField()
    last_step = models.BigIntegerField(default=0)  # the half-minute of the last code that was used: none serves twice
    added_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.officer}: authenticator app"


class Passkey(models.Model):
    """A key on an officer's phone, computer or token. We hold its public half, which opens nothing."""

    officer = models.ForeignKey(Officer, on_delete=models.CASCADE, related_name="passkeys")
    credential_id = models.CharField(max_length=1400, unique=True)
    public = models.TextField()
    uses = models.BigIntegerField(default=0)  # as the key counts them: one that counts backwards is a copy
    added_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.officer}: passkey"


class RecoveryCode(models.Model):
    """A code on paper that stands in for the authenticator app once. Only its keyed hash is kept."""

    officer = models.ForeignKey(Officer, on_delete=models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["officer", "digest"], name="one_recovery_code")]

    def __str__(self) -> str:
        return f"{self.officer}: recovery code"


class HomeAddress(models.Model):
    """Where an officer lives, or lived: keyed fingerprints of the postcode, and of postcode and house number together."""

    officer = models.ForeignKey(Officer, on_delete=models.CASCADE, related_name="home_addresses")
    postcode = models.CharField(max_length=64)
    house = models.CharField(max_length=64, blank=True)
    since_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["officer"], name="one_home_address_now", condition=models.Q(until_at=None))
        ]
        verbose_name_plural = "home addresses"

    def __str__(self) -> str:
        return f"home address {self.pk}"


class AccessReview(models.Model):
    """What a reviewer said of an account: that it is right as it is, or what should change."""

    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="access_reviews")
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    right = models.BooleanField()
    words = models.TextField(blank=True)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.officer}: {'right' if self.right else 'to change'}"
