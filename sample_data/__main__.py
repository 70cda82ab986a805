"""`python -m sample_data FOLDER [--seed N]` writes the sample sector."""

import argparse
from pathlib import Path

from sample_data.generate import write_sample


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m sample_data",
        description="Write the invented sample sector (children's residential care, England, 2026).",
        epilog="Example: python -m sample_data my-sample",
    )
    parser.add_argument("folder", type=Path, help="where to write; made if it is not there")
    parser.add_argument(
        "--seed", type=int, default=2026, help="the same seed gives the same files (default 2026)"
    )
    wanted = parser.parse_args()
    manifest = write_sample(wanted.folder, wanted.seed)
    print(
        f"{len(manifest.files)} payroll files from {len(manifest.employers)} invented employers, "
        f"{manifest.heads:,} posts, pay bill £{manifest.paybill_annual:,.0f} a year."
    )


if __name__ == "__main__":
    main()
