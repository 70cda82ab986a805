"""The invented posts of an employer: grade, rate, hours, contract, sex, age and service."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from sample_data.employers import FOR_PROFIT, LOCAL_AUTHORITY, Employer, ScalePay
from sample_data.facts import AS_AT, LIVING_WAGE_21, MINIMUM_18_TO_20, WEEKS
from sample_data.identities import Identity, invent_identity
from sample_data.scale import GRADES, SCALE

SUPPORT, SENIOR, LEADER, DEPUTY, MANAGER = range(len(GRADES))

PERMANENT, FIXED_TERM = "Permanent", "Fixed term"
ZERO_HOURS, BANK, CASUAL, AGENCY = "Zero hours", "Bank", "Casual", "Agency"

# How many posts a home has, and how they divide: one registered manager and one deputy to sixteen posts.
_POSTS_A_HOME = 16
_GRADE_SHARES = {True: ("0.29", "0.10", "0.0625", "0.0625"), False: ("0.19", "0.10", "0.0625", "0.0625")}

# Steps above the starting rate that service earns, in £ an hour, and the share of the grade on each.
_SERVICE_STEPS: tuple[tuple[tuple[str, float], ...], ...] = (
    (("0", 0.50), ("0.70", 0.28), ("1.50", 0.22)),
    (("0", 0.40), ("0.50", 0.36), ("1.10", 0.24)),
    (("0", 0.40), ("0.50", 0.40), ("1.00", 0.20)),
    (("0", 0.40), ("0.60", 0.40), ("1.20", 0.20)),
    (("0", 0.40), ("0.90", 0.40), ("2.00", 0.20)),
)

_NAMES_OF_HOMES = (
    "Oakfield", "Bramble", "Hillcrest", "Meadow", "Orchard", "Lakeside", "Cedar", "Primrose", "Juniper",
    "Hazel", "Heron", "Swift", "Plover", "Linnet", "Skylark", "Teal", "Merlin", "Curlew", "Wagtail", "Dunlin",
)  # fmt: skip

# One vocabulary an employer: titles of permanent posts by grade, then nights, then bank.
_VOCABULARIES: tuple[tuple[str, ...], ...] = (
    ("RSW", "Senior RSW", "Team Leader", "Deputy Manager", "Registered Manager", "Waking Night RSW",
     "Bank RSW"),
    ("Residential Support Worker", "Senior Residential Support Worker", "Team Leader", "Deputy Manager",
     "Registered Manager", "Night Support Worker", "Bank Support Worker"),
    ("Residential Care Worker", "Senior Residential Care Worker", "Shift Leader", "Deputy Home Manager",
     "Home Manager", "Waking Night Care Worker", "Relief Care Worker"),
    ("Residential Child Care Worker", "Senior Residential Child Care Worker", "Residential Team Leader",
     "Deputy Registered Manager", "Registered Home Manager", "Night Care Worker", "Bank Care Worker"),
    ("Support Worker", "Senior Support Worker", "House Team Leader", "Deputy Manager",
     "Children's Home Manager", "Night Support Worker", "Bank Support Worker"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Post:
    employer: Employer
    identity: Identity
    grade: int
    title: str
    home: str
    point: int | None
    rate: Decimal  # £ an hour; on the scale, the point's
    hours: Decimal  # a week; the average worked, where none are guaranteed
    weeks: Decimal  # a year
    contract: str
    sex: str | None  # "F", "M" or not recorded
    age: int | None
    started: date
    left: date | None
    sleep_ins: int

    @property
    def fte(self) -> Decimal:
        return self.hours / self.employer.full_week


def title_grades() -> dict[str, str]:
    """Every job title the sample uses and the sector grade it belongs to."""
    grade_of = (*GRADES, GRADES[SUPPORT], GRADES[SUPPORT])
    return dict(
        sorted({t: g for titles in _VOCABULARIES for t, g in zip(titles, grade_of, strict=True)}.items())
    )


def invent_posts(employer: Employer, first_serial: int, rng: Random, *, part_year: bool) -> tuple[Post, ...]:
    """The employer's current posts, home by home, lowest grade last within each home."""
    titles = rng.choice(_VOCABULARIES)
    counts = _grade_counts(employer)
    people = [
        _invent_person(employer, grade, rng) for grade, count in enumerate(counts) for _ in range(count)
    ]
    rates = _rates(employer, people)
    homes = _homes(counts[MANAGER], rng)
    places = dict.fromkeys(range(len(GRADES)), 0)
    posts: list[Post] = []
    for number, (person, (rate, point)) in enumerate(zip(people, rates, strict=True)):
        home = homes[places[person.grade] * len(homes) // counts[person.grade]]
        places[person.grade] += 1
        serial = first_serial + number
        posts.append(
            _post(
                employer,
                person,
                rng,
                pay=(rate, point),
                home=home,
                titles=titles,
                serial=serial,
                part_year=part_year,
            )
        )
    return tuple(sorted(posts, key=lambda post: (homes.index(post.home), -post.grade, post.identity.serial)))


def invent_leavers(posts: Sequence[Post], count: int, first_serial: int, rng: Random) -> tuple[Post, ...]:
    """People who had posts like these and left before the day of the return: no longer in the pay bill."""
    leavers = []
    for number, like in enumerate(rng.sample(list(posts), count)):
        left = AS_AT - timedelta(days=rng.randint(20, 300))
        birth = like.identity.birth
        leavers.append(
            replace(
                like,
                identity=invent_identity(first_serial + number, birth, rng),
                started=min(like.started, left - timedelta(days=90)),
                left=left,
            )
        )
    return tuple(leavers)


@dataclass(frozen=True, slots=True)
class _Person:
    grade: int
    contract: str
    sex: str | None
    age: int | None
    birth: date
    started: date


def _grade_counts(employer: Employer) -> tuple[int, ...]:
    shares = _GRADE_SHARES[employer.ownership == LOCAL_AUTHORITY]
    above = [max(1, int(employer.heads * Decimal(share) + Decimal("0.5"))) for share in shares]
    return (employer.heads - sum(above), *above)


def _homes(count: int, rng: Random) -> list[str]:
    names = rng.sample(_NAMES_OF_HOMES, min(count, len(_NAMES_OF_HOMES)))
    return [
        f"Sample {names[n % len(names)]} House" + (f" {n // len(names) + 1}" if n >= len(names) else "")
        for n in range(count)
    ]


def _invent_person(employer: Employer, grade: int, rng: Random) -> _Person:
    contract = _contract(employer, grade, rng)
    youngest = (18, 21, 23, 25, 28)[grade]
    age = youngest + int(rng.betavariate(1.3, 2.4) * (66 - youngest))
    birth = (
        date(AS_AT.year - age, 1, 1)
        + timedelta(days=rng.randint(0, 110))
        - timedelta(days=rng.randint(0, 240))
    )
    age = _age_on(AS_AT, birth)
    longest = min(age - 18, 5 + 4 * grade + 8)
    started = AS_AT - timedelta(days=30 + int(rng.betavariate(1.0, 2.6) * max(longest, 1) * 365 * 0.95))
    started = max(started, date(birth.year + 18, birth.month, min(birth.day, 28)))
    women = (0.70, 0.70, 0.66, 0.62, 0.58)[grade]
    sex = "F" if rng.random() < women else "M"
    if contract == AGENCY and rng.random() < 0.6:
        return _Person(grade, contract, None, None, date(1990, 6, 1), started)
    return _Person(grade, contract, sex if rng.random() > 0.012 else None, age, birth, started)


def _age_on(day: date, birth: date) -> int:
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def _contract(employer: Employer, grade: int, rng: Random) -> str:
    draw = rng.random()
    if grade > SENIOR:
        return FIXED_TERM if draw < 0.02 else PERMANENT
    if employer.layout == "grouped_return":
        return PERMANENT  # such a return has no column to say otherwise
    shares = (
        ((AGENCY, 0.035), (ZERO_HOURS, 0.06), (BANK, 0.07), (CASUAL, 0.01), (FIXED_TERM, 0.03))
        if employer.ownership in FOR_PROFIT
        else ((AGENCY, 0.015), (BANK, 0.06), (CASUAL, 0.02), (FIXED_TERM, 0.04))
    )
    for contract, share in shares:
        if draw < share:
            return contract if grade == SUPPORT else FIXED_TERM
        draw -= share
    return PERMANENT


def _rates(employer: Employer, people: Sequence[_Person]) -> list[tuple[Decimal, int | None]]:
    """Each person's rate and, on the sector scale, point: within a grade, longer service stands higher."""
    rates: list[tuple[Decimal, int | None]] = [(Decimal(0), None)] * len(people)
    for grade in range(len(GRADES)):
        members = [n for n, person in enumerate(people) if person.grade == grade]
        members.sort(key=lambda n: (people[n].contract != AGENCY, -people[n].started.toordinal(), n))
        for place, n in enumerate(members):
            rates[n] = _rate(employer, people[n], place / len(members))
    return rates


def _rate(employer: Employer, person: _Person, standing: float) -> tuple[Decimal, int | None]:
    """Standing is 0 for the newest in the grade and nearly 1 for the longest there."""
    pay = employer.pay
    if isinstance(pay, ScalePay):
        low, high = pay.points[person.grade]
        point = low + int(standing * (high - low + 1))
        return SCALE[point - 1].hourly, point
    young = person.age is not None and person.age < 21 and person.grade == SUPPORT
    if young and pay.youth is not None:
        return max(pay.youth, MINIMUM_18_TO_20), None
    passed = 0.0
    rise = Decimal(0)
    for step, share in _SERVICE_STEPS[person.grade]:
        if standing >= passed:
            rise = Decimal(step)
        passed += share
    return max(pay.start[person.grade] + rise, LIVING_WAGE_21), None


def _post(
    employer: Employer,
    person: _Person,
    rng: Random,
    *,
    pay: tuple[Decimal, int | None],
    home: str,
    titles: Sequence[str],
    serial: int,
    part_year: bool,
) -> Post:
    rate, point = pay
    guaranteed = person.contract in (PERMANENT, FIXED_TERM)
    if not guaranteed:
        share = rng.choice(("0.2", "0.3", "0.4"))
    elif person.grade >= DEPUTY or rng.random() < 0.74:
        share = "1"
    else:
        share = rng.choice(("0.8", "0.8", "0.6", "0.6", "0.5", "0.4"))
    on_bank = person.contract in (BANK, CASUAL)
    nights = not on_bank and person.grade == SUPPORT and rng.random() < 0.12
    title = titles[6] if on_bank else titles[5] if nights else titles[person.grade]
    return Post(
        employer=employer,
        identity=invent_identity(serial, person.birth, rng),
        grade=person.grade,
        title=title,
        home=home,
        point=point,
        rate=rate,
        hours=employer.full_week * Decimal(share),
        weeks=Decimal("44.5")
        if part_year and guaranteed and person.grade < DEPUTY and rng.random() < 0.06
        else WEEKS,
        contract=person.contract,
        sex=person.sex,
        age=person.age,
        started=person.started,
        left=None,
        sleep_ins=rng.randint(0, 8) * 10 if guaranteed and not nights and person.grade <= LEADER else 0,
    )
