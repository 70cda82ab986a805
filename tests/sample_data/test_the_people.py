"""The invented posts follow the published figures of the sector and the law on minimum wages."""

from decimal import Decimal

import pytest

from sample_data.compose import Return
from sample_data.employers import CHARITY, EMPLOYERS, LOCAL_AUTHORITY, OWNER_MANAGED, PRIVATE_EQUITY
from sample_data.facts import (
    AUTHORITY_PREMIUM_CARE,
    AUTHORITY_PREMIUM_MANAGER,
    LIVING_WAGE_21,
    MINIMUM_18_TO_20,
    REAL_LIVING_WAGE,
)
from sample_data.generate import invent_returns
from sample_data.manifest import SampleManifest, make_manifest
from sample_data.people import LEADER, title_grades
from sample_data.scale import SCALE
from sample_data.sheets import Line

Returns = tuple[Return, ...]


def staff(returns: Returns) -> list[Line]:
    return [line for made in returns for line in made.staff]


def test_that_there_are_exactly_six_thousand_current_posts(manifest: SampleManifest) -> None:
    assert manifest.heads == 6000
    assert sum(employer.heads for employer in EMPLOYERS) == 6000


def test_that_about_forty_employers_of_every_kind_of_owner_take_part() -> None:
    owners = [employer.ownership for employer in EMPLOYERS]
    assert len(EMPLOYERS) == len({employer.name for employer in EMPLOYERS}) == 41
    assert {owner: owners.count(owner) for owner in owners} == {
        "private-equity owned": 7,  # in four groups
        "listed": 1,
        "owner-managed": 17,
        "charity": 8,
        "community interest company": 1,
        "co-operative": 1,
        "local authority": 6,
    }
    groups = {employer.payroll_file for employer in EMPLOYERS if employer.ownership == PRIVATE_EQUITY}
    assert len(groups) == 4


def test_that_sizes_are_skewed_as_in_the_sector() -> None:
    sizes = sorted(employer.heads for employer in EMPLOYERS)
    assert sizes[-1] == 900
    assert sum(size >= 500 for size in sizes) == 4
    assert sum(size <= 80 for size in sizes) > len(sizes) / 2


def test_that_every_employer_is_visibly_invented() -> None:
    assert all(employer.name.startswith("Example ") for employer in EMPLOYERS)


def test_that_nobody_of_21_or_over_is_below_the_living_wage(returns: Returns) -> None:
    below = [line for line in staff(returns) if line.pay.hourly < LIVING_WAGE_21]
    assert all(line.post.age is not None and 18 <= line.post.age <= 20 for line in below)


def test_that_18_to_20_year_olds_are_paid_at_least_their_own_minimum_and_some_less_than_adults(
    returns: Returns,
) -> None:
    young = [line for line in staff(returns) if line.post.age is not None and line.post.age < 21]
    assert min(line.pay.hourly for line in young) >= MINIMUM_18_TO_20
    lower = sum(line.heads for line in young if line.pay.hourly < LIVING_WAGE_21)
    assert 0.01 < lower / 6000 < 0.04


def test_that_pay_below_the_adult_rate_is_only_in_files_that_show_age(returns: Returns) -> None:
    for made in returns:
        if any(line.pay.hourly < LIVING_WAGE_21 for line in made.staff):
            assert {"age", "age_band"} & {column.field for column in made.layout.columns}, made.title


def test_that_nobody_started_work_before_18(returns: Returns) -> None:
    for line in staff(returns):
        birth, started = line.post.identity.birth, line.post.started
        assert (started.year - birth.year, started.month, started.day) >= (
            18,
            birth.month,
            min(birth.day, 28),
        )


def test_that_care_staff_earn_the_uprated_census_average(manifest: SampleManifest) -> None:
    averages = manifest.averages
    assert averages.aimed_at_care_staff == Decimal("14.51")
    assert abs(averages.mean_hourly_care_staff - averages.aimed_at_care_staff) <= Decimal("0.10")


def test_that_managers_earn_the_uprated_census_average(manifest: SampleManifest) -> None:
    averages = manifest.averages
    assert averages.aimed_at_managers == Decimal("23.76")
    assert abs(averages.mean_hourly_managers - averages.aimed_at_managers) <= Decimal("0.15")


def test_that_local_authorities_pay_the_published_premium(manifest: SampleManifest) -> None:
    averages = manifest.averages
    assert AUTHORITY_PREMIUM_CARE[0] <= averages.authority_premium_care_staff <= AUTHORITY_PREMIUM_CARE[1]
    assert abs(averages.authority_premium_managers - AUTHORITY_PREMIUM_MANAGER) <= Decimal("0.5")


@pytest.mark.parametrize("seed", [1, 7])
def test_that_another_seed_keeps_to_the_same_averages(seed: int) -> None:
    averages = make_manifest(seed, invent_returns(seed), EMPLOYERS).averages
    assert abs(averages.mean_hourly_care_staff - averages.aimed_at_care_staff) <= Decimal("0.12")
    assert abs(averages.mean_hourly_managers - averages.aimed_at_managers) <= Decimal("0.15")
    assert AUTHORITY_PREMIUM_CARE[0] <= averages.authority_premium_care_staff <= AUTHORITY_PREMIUM_CARE[1]


def test_that_about_one_post_in_seven_is_at_the_floor_and_most_of_those_exactly_on_it(
    manifest: SampleManifest, returns: Returns
) -> None:
    assert Decimal("0.14") <= manifest.averages.share_at_the_floor <= Decimal("0.16")
    exactly = sum(line.heads for line in staff(returns) if line.pay.hourly == LIVING_WAGE_21)
    assert exactly / 6000 > 0.10


def test_that_grades_rise_in_average_pay(manifest: SampleManifest) -> None:
    means = list(manifest.averages.mean_hourly_by_grade.values())
    assert means == sorted(means)


def test_that_some_employers_start_on_the_real_living_wage(returns: Returns) -> None:
    lowest: dict[str, Decimal] = {}
    for line in staff(returns):
        name = line.post.employer.name
        lowest[name] = min(lowest.get(name, line.post.rate), line.post.rate)
    assert sum(rate == REAL_LIVING_WAGE for rate in lowest.values()) >= 4


def test_that_local_authorities_and_some_charities_pay_on_the_sector_scale_and_others_do_not(
    returns: Returns,
) -> None:
    on_scale = {
        line.post.employer.name: line.post.employer.ownership for line in staff(returns) if line.post.point
    }
    assert list(on_scale.values()).count(LOCAL_AUTHORITY) == 6
    assert list(on_scale.values()).count(CHARITY) == 3
    assert OWNER_MANAGED not in on_scale.values()


def test_that_every_point_lies_in_its_grade_on_the_scale(returns: Returns) -> None:
    for line in staff(returns):
        if line.post.point is not None:
            assert title_grades()[line.post.title] == SCALE[line.post.point - 1].grade


def test_that_the_sample_holds_zero_hours_bank_casual_and_agency_posts(returns: Returns) -> None:
    contracts = [line.post.contract for line in staff(returns)]
    assert {"Permanent", "Fixed term", "Zero hours", "Bank", "Casual", "Agency"} == set(contracts)
    assert 100 < contracts.count("Zero hours") < 300
    assert all(line.post.hours > 0 for line in staff(returns))


def test_that_pay_rises_with_grade_at_every_employer(returns: Returns) -> None:
    lowest: dict[tuple[str, int], Decimal] = {}
    for line in staff(returns):
        key = (line.post.employer.name, line.post.grade)
        lowest[key] = min(lowest.get(key, line.post.rate), line.post.rate)
    for employer in EMPLOYERS:
        starts = [lowest[employer.name, grade] for grade in range(LEADER + 3)]
        assert starts == sorted(starts), employer.name
