"""Wexcombe Council: areas, teams, posts, standing groups and officers. There is no such council, and no such people."""

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.conf import settings
from django.contrib.auth.hashers import make_password

from goldenthread.demo.writer import Writer
from goldenthread.people.models import Area, Officer, Post, SecondFactor, StandingGroup, Team
from goldenthread.people.second_factor import seal

COUNCIL = "Wexcombe Council"
PASSWORD = "golden-thread-demo"  # noqa: S105  (for the demonstration only, and printed for everyone)

AREAS = ("Assessment and intake", "Support and disability")
TEAMS = (
    # key, name, area, takes referrals
    ("ra-east", "Referral and assessment east", 0, True),
    ("ra-west", "Referral and assessment west", 0, True),
    ("hospital", "Hospital and out of hours", 0, True),
    ("disabled", "Disabled children's team", 1, True),
    ("fs-north", "Family support north", 1, False),
    ("fs-south", "Family support south", 1, False),
)
GROUPS = (
    "Area Child Protection Committee",
    "Practice Standards Group",
    "Training Reference Group",
    "Senior Management Team",
)
POSTS = {
    "Director": "director",
    "Head of Service": "head-of-service",
    "Group Manager": "group-manager",
    "Team Manager": "team-manager",
    "Senior Practitioner": "senior-practitioner",
    "Social Worker": "worker",
    "Planning Manager": "quality-officer",
    "Training Co-ordinator": "quality-officer",
    "Conference Chair": "quality-officer",
    "Chief Executive": "executive-member",
    "Executive Member for Children": "executive-member",
    "Scrutiny Chair": "executive-member",
    "System Administrator": "administrator",
}
# Post, team or area (by its key or place), names. The first of each role signs in by its role's name.
STAFF: tuple[tuple[str, str | int | None, str], ...] = (
    ("Director", None, "Oluwaseun Adebayo-Finch"),
    ("Head of Service", None, "Rhiannon Castellane"),
    ("Group Manager", 0, "Tariq Mossgrove"),
    ("Group Manager", 1, "Ingrid Vantongeren"),
    ("Planning Manager", None, "Beatrix Ollerenshaw"),
    ("Training Co-ordinator", None, "Kwabena Thistleton"),
    ("Conference Chair", None, "Marguerite Dunwoody"),
    ("Executive Member for Children", None, "Councillor Priya Hallowell"),
    ("Chief Executive", None, "Desmond Quillfeather"),
    ("Scrutiny Chair", None, "Councillor Iolo Trevanion"),
    ("System Administrator", None, "Zuzanna Birkholm"),
    ("System Administrator", None, "Neville Osei-Tutu"),
    ("Team Manager", "ra-east", "Farrah Wychwood"),
    ("Team Manager", "ra-west", "Callum Starbuck-Rao"),
    ("Team Manager", "hospital", "Xiulan Peverell"),
    ("Team Manager", "disabled", "Ewart Nkemelu"),
    ("Team Manager", "fs-north", "Saoirse Langridge"),
    ("Team Manager", "fs-south", "Haroun Belmonte"),
    ("Senior Practitioner", "ra-east", "Delphine Oakhanger; Mihail Corbishley"),
    ("Senior Practitioner", "ra-west", "Temperance Adjei; Jorvik Sandalwood"),
    ("Senior Practitioner", "hospital", "Anneliese Farquharson-Bello; Owain Kettlewell"),
    ("Senior Practitioner", "disabled", "Chidinma Ravenscroft"),
    ("Senior Practitioner", "fs-north", "Leopold Banerjee-Holt; Sunniva Crake"),
    ("Senior Practitioner", "fs-south", "Makeda Tolliver"),
    (
        "Social Worker", "ra-east",
        "Yasmin Applegarth; Bartholomew Idowu; Catrin Silvermere; Devraj Pumphrey; Elowen Gascoigne-Lee; Fionn Abernethie; Gulsen Wainscot",
    ),
    (
        "Social Worker", "ra-west",
        "Hyacinth Boateng-Moore; Isidore Penhaligon; Jacinta Wrexford; Kofi Larkspur; Lavinia Sztern; Mordecai Fenwright; Noor Hathersage",
    ),
    (
        "Social Worker", "hospital",
        "Ottoline Chikwanha; Piers Balderstone; Quintella Marr-Hughes; Roshan Tidewell; Seraphina Olawale; Thaddeus Inchbald",
    ),
    ("Social Worker", "disabled", "Ulrika Fairbrass; Vasanti Colquitt; Wilfred Amoako; Xanthe Burrowbridge"),
    (
        "Social Worker", "fs-north",
        "Yevgenia Stallworthy; Zachariah Pembury; Aoife Rangarajan; Benedikt Lowtherby; Cosima Eze-Whitlock",
    ),
    (
        "Social Worker", "fs-south",
        "Dashiell Mbeki-Rowe; Eirlys Tamworthy; Florentina Gadd; Gethin Oyelaran; Honora Swithinbank",
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Account:
    """Someone who can sign in to look round: the first officer of each role."""

    username: str
    name: str
    role: str
    comes_for: str


@dataclass(slots=True)
class Council:
    """Everyone, as written to the database. deciders and workers: by team key."""

    teams: dict[str, Team]
    officers: list[Officer]
    managers: dict[str, Officer]
    deciders: dict[str, list[Officer]]
    workers: dict[str, list[Officer]]
    posts: dict[str, Post]

    def holder(self, post: str) -> Officer:
        """The first officer in a post."""
        return next(officer for officer in self.officers if officer.post_id == self.posts[post].pk)

    def accounts(self) -> list[Account]:
        """One of each role, in the order of the roles."""
        first: dict[str, Officer] = {}
        for officer in self.officers:
            first.setdefault(officer.role, officer)
        return [Account(o.username, o.name, o.role_data.title, o.role_data.comes_for) for o in first.values()]


def _username(name: str) -> str:
    return "".join(ch for ch in name.removeprefix("Councillor ").casefold().replace(" ", ".") if ch.isascii())


def demonstration_secret(seed: int, username: str) -> str:
    """The secret of a made-up officer's authenticator app: “goldenthread code” says its codes. It guards nothing."""
    return base64.b32encode(hashlib.sha1(f"{COUNCIL}|{seed}|{username}".encode()).digest()).decode()  # noqa: S324


@lru_cache(maxsize=4)
def shared_password(seed: int) -> str:
    """The one hash of the one password. Argon2 is slow by design, and sixty hashes of one known password guard nothing."""
    return make_password(PASSWORD, salt=f"wexcombedemonstration{seed}")


def found_council(seed: int, writer: Writer, at: datetime) -> Council:
    """Make the areas, teams, posts, groups and officers, with an authenticator app (set up at `at`) where the role
    needs one."""
    areas = [writer.add(Area, name=name) for name in AREAS]
    teams = {
        key: writer.add(Team, key=key, name=name, area=areas[area], takes_referrals=takes)
        for key, name, area, takes in TEAMS
    }
    posts = {title: writer.add(Post, title=title, role=role) for title, role in POSTS.items()}
    for name in GROUPS:
        writer.add(StandingGroup, name=name)
    council = Council(teams, [], {}, {key: [] for key in teams}, {key: [] for key in teams}, posts)
    password = shared_password(seed)
    roles_named: set[str] = set()
    for title, where, names in STAFF:
        post = posts[title]
        for name in names.split("; "):
            username = _username(name)
            officer = writer.add(
                Officer,
                username=username if post.role in roles_named else post.role,
                name=name,
                email=f"{username}@wexcombe.example",
                role=post.role,
                post=post,
                team=teams[where] if isinstance(where, str) else None,
                area=areas[where] if isinstance(where, int) else None,
                password=password,
                opened_at=None,
            )
            roles_named.add(post.role)
            council.officers.append(officer)
            if isinstance(where, str):
                (council.workers if post.role == "worker" else council.deciders)[where].append(officer)
                if post.role == "team-manager":
                    council.managers[where] = officer
    for officer in council.officers:
        if officer.role in settings.SECOND_FACTOR_ROLES:
            writer.add(
                SecondFactor, officer=officer, sealed=seal(demonstration_secret(seed, officer.username)), added_at=at
            )
    return council
