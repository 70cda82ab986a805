"""bargain demo: the sample sector from spreadsheets to scoreboard."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from bargain.appraisal import appraise
from bargain.assumed import COVER_SHARE, INCREMENTS, KINDS, TURNOVER
from bargain.commands.options import add_json
from bargain.commands.sector_files import SAMPLE_NAME
from bargain.commands.shapes import total_json, verdicts_json
from bargain.commands.show import heads, percent, pounds, print_json
from bargain.commands.test_offer import verdict_table
from bargain.freezing import with_tabled_frozen
from bargain.intake.accounts import read_accounts
from bargain.intake.accounts_adding import add_accounts
from bargain.intake.join import add_readings
from bargain.intake.payroll import facts_of, read_payrolls
from bargain.offers.offer_file import read_offer
from bargain.offers.scale_file import read_scale
from bargain.offers.target_file import read_targets
from bargain.packs import new_sector
from bargain.progress import bar
from bargain.screen import has_screen
from bargain.storage.container import write_sector
from bargain.storage.keys import new_seal_key, open_to_everybody
from bargain.targets import KNOWN_MEASURES, judge
from models.assumptions import Assumption
from models.issues import UnusableInput
from models.party import PartnerGroup, Party
from models.sector import Sector
from models.terms import Terms

SAMPLE_PASSPHRASE = "sample sector"  # noqa: S105  # printed for everyone: the data is invented
_WEEKLY_HOURS = 37.5
_DATA_DATE = date(2026, 4, 1)
# Invented like everything in the sample: what staff have today, and how lost hours are filled.
_TERMS = Terms(
    weekly_hours=_WEEKLY_HOURS, annual_leave_days=28, sleep_in_micros=56_000_000, paid_training_hours=12
)
_COVER = Assumption(
    COVER_SHARE,
    "Share of lost hours that must be covered",
    0.75,
    "share",
    source="invented for the sample",
    dated=_DATA_DATE,
)
_STAFFING = tuple(
    Assumption(
        key, KINDS[key].label, value, KINDS[key].unit, source="invented for the sample", dated=_DATA_DATE
    )
    for key, value in ((TURNOVER, 0.3), (INCREMENTS, 0.02))
)

# Two unions and two employers' bodies; the last speaks for the staff that it has in the data.
_SEATED = (
    Party("Example Care Workers' Union", PartnerGroup.WORKERS, "trade union", 1_450),
    Party("Example Public Service Union", PartnerGroup.WORKERS, "trade union", 620),
    Party("Example Homes' Federation", PartnerGroup.EMPLOYERS, "employer federation", 3_900),
    Party("Example Meridian Homes Ltd", PartnerGroup.EMPLOYERS, "unaffiliated employer"),
)

Progress = Callable[[str, int, int], None]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """[DIR] [--open]."""
    parser.add_argument(
        "folder", nargs="?", type=Path, metavar="DIR", help="default: a new folder in your documents"
    )
    parser.add_argument(
        "--open", action="store_true", help="then open the window on it, where there is a screen"
    )
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Write, import, appraise, print the scoreboard; then the window."""
    folder = options.folder or new_folder()
    with bar("Making the sample", 3, quiet=options.json) as step:
        path, sector = _make(folder, SAMPLE_PASSPHRASE, lambda *_: step())
    offer, targets = sector.offers[-1], sector.target_sets[0]
    appraisal = appraise(sector, offer)
    verdicts = judge(targets.targets, sector, appraisal)
    if options.json:
        print_json(
            {
                "folder": str(folder),
                "sector": str(path),
                "heads": round(appraisal.before.heads, 6),
                "employers": len(sector.employers),
                "paybill": round(appraisal.before.paybill, 2),
                "offer": offer.name,
                "cost": total_json(appraisal.cost),
                **verdicts_json(verdicts),
            }
        )
    else:
        print(
            f"The sample sector is in {folder}. It is invented: these are not real people.\n"
            f"{heads(appraisal.before.heads)} staff, {len(sector.employers)} employers, "
            f"pay bill {pounds(appraisal.before.paybill)}. {path.name} needs no passphrase.\n\n"
            f"{offer.name}: full-year cost {pounds(appraisal.cost.full_year)}, "
            f"pay bill up {percent(appraisal.cost.level)}.\n{targets.name}:\n{verdict_table(verdicts)}"
        )
    if options.open:
        return _open(options.open_window, path)
    return 0


def _open(open_window: Callable[[Path, str], int] | None, path: Path) -> int:
    """The window on the sample, where there is one and a screen to show it on."""
    if open_window is None or not has_screen():
        print("There is no screen here, so the window was not opened.", file=sys.stderr)
        return 0
    return open_window(path, SAMPLE_PASSPHRASE)


def new_folder() -> Path:
    """A folder in the user's documents that is not there yet."""
    documents = Path.home() / "Documents"
    parent = documents if documents.is_dir() else Path.home()
    for number in range(1, 1000):
        folder = parent / ("Bargain sample" if number == 1 else f"Bargain sample {number}")
        if not folder.exists():
            return folder
    raise UnusableInput(f"{parent} holds a thousand samples already; name a folder: bargain demo DIR.")


def make_demo(folder: Path, passphrase: str, progress: Progress) -> Path:
    """Write the sample's spreadsheets into a folder and join them in a sector file. Returns its path.

    Never over a sector file that is there: what a user changed in an earlier sample is theirs.
    """
    path, _ = _make(folder, passphrase, progress)
    return path


def _make(folder: Path, passphrase: str, progress: Progress) -> tuple[Path, Sector]:
    path = folder / SAMPLE_NAME
    if path.exists():
        raise UnusableInput(f"{path} is there already; name a new folder, or take that file away first.")
    from sample_data.generate import write_sample

    progress("writing the spreadsheets", 0, 3)
    write_sample(folder)
    progress("reading the spreadsheets", 1, 3)
    sector = _sector_in(folder)
    progress("saving", 2, 3)
    key = open_to_everybody(new_seal_key(passphrase))
    write_sector(path, sector, key)
    return path, sector


def _sector_in(folder: Path) -> Sector:
    """Everything in a sample's folder as one sector, through the same doors as a user's own files."""
    begun = new_sector("Sample: children's residential care 2026")
    others = (one for one in begun.parties if one.group not in {PartnerGroup.WORKERS, PartnerGroup.EMPLOYERS})
    sector = replace(
        begun,
        is_sample=True,
        parties=(*_SEATED, *others),
        data_date=_DATA_DATE,
        terms=_TERMS,
        assumptions=(_COVER, *_STAFFING),
    )
    scale, _ = read_scale(
        (folder / "scale" / "scale_2026.csv").read_text("utf-8"),
        source="scale_2026.csv",
        weekly_hours=_WEEKLY_HOURS,
    )
    sector = replace(sector, scale=replace(scale, name="Sample pay scale 2026"))
    facts = facts_of(sector)
    files = sorted(
        path for path in (folder / "payroll").iterdir() if path.suffix in {".xlsx", ".csv", ".tsv"}
    )
    sector = add_readings(sector, read_payrolls(files, facts=facts), today=_DATA_DATE)
    accounts = read_accounts(folder / "accounts" / "accounts_2026.xlsx", sector=sector)
    sector = add_accounts(sector, accounts)
    offers = tuple(
        read_offer((folder / "offers" / name).read_text("utf-8"), source=name)
        for name in ("claim.toml", "employers_offer_1.toml", "employers_offer_2.toml")
    )
    targets = tuple(
        read_targets(
            (folder / "targets" / name).read_text("utf-8"), source=name, known_measures=KNOWN_MEASURES
        )
        for name in ("union.toml", "employers.toml", "commissioners.toml")
    )
    return with_tabled_frozen(replace(sector, offers=offers, target_sets=targets))
