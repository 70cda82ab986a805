"""Makes the whole sample sector: people, files, and a manifest of what is in them."""

from collections.abc import Sequence
from pathlib import Path
from random import Random

from sample_data.accounts import AccountsRow, invent_accounts, write_accounts
from sample_data.compose import Return, compose_return
from sample_data.documents import DOCUMENTS
from sample_data.employers import EMPLOYERS, Employer
from sample_data.layouts import LAYOUTS
from sample_data.manifest import SampleManifest, make_manifest
from sample_data.payroll_files import write_return
from sample_data.people import Post, invent_leavers, invent_posts
from sample_data.scale import scale_csv

_FIRST_LEAVER = 90001  # leavers' serial numbers are well apart from those of current staff


def invent_returns(seed: int) -> tuple[Return, ...]:
    """Every payroll return, in the order of the employers. Each employer has its own stream of chance."""
    serial, leaver_serial = 1, _FIRST_LEAVER
    by_file: dict[str, tuple[list[Post], list[Post]]] = {}
    layout_of: dict[str, str] = {}
    for employer in EMPLOYERS:
        rng = Random(f"{seed}/people/{employer.name}")
        layout = LAYOUTS[employer.layout]
        posts = invent_posts(employer, serial, rng, part_year=layout.part_year)
        count = max(1, employer.heads // layout.leavers_in) if layout.leavers_in else 0
        leavers = invent_leavers(posts, count, leaver_serial, rng)
        serial += len(posts)
        leaver_serial += count
        current, gone = by_file.setdefault(employer.payroll_file, ([], []))
        current.extend(posts)
        gone.extend(leavers)
        layout_of[employer.payroll_file] = employer.layout
    return tuple(compose_return(file, LAYOUTS[layout_of[file]], *both) for file, both in by_file.items())


def invent_all_accounts(seed: int, returns: Sequence[Return]) -> tuple[AccountsRow, ...]:
    def row(employer: Employer) -> AccountsRow:
        lines = [line for made in returns for line in made.staff if line.post.employer is employer]
        return invent_accounts(employer, lines, Random(f"{seed}/accounts/{employer.name}"))

    return tuple(row(employer) for employer in EMPLOYERS)


def write_sample(folder: Path, seed: int = 2026) -> SampleManifest:
    """Write the sample sector into the folder. The same seed gives the same bytes."""
    for part in ("payroll", "accounts", "scale", "offers", "targets"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    returns = invent_returns(seed)
    for made in returns:
        write_return(folder / "payroll", made)
    write_accounts(folder / "accounts" / "accounts_2026.xlsx", invent_all_accounts(seed, returns))
    _write_text(folder / "scale" / "scale_2026.csv", scale_csv())
    for name, text in DOCUMENTS.items():
        _write_text(folder / name, text)
    manifest = make_manifest(seed, returns, EMPLOYERS)
    _write_text(folder / "manifest.json", manifest.to_json())
    return manifest


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
