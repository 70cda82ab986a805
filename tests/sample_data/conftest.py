from pathlib import Path

import pytest

from sample_data.accounts import AccountsRow
from sample_data.compose import Return
from sample_data.generate import invent_all_accounts, invent_returns, write_sample
from sample_data.manifest import SampleManifest

SEED = 2026


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, SampleManifest]:
    folder = tmp_path_factory.mktemp("sample")
    return folder, write_sample(folder, SEED)


@pytest.fixture(scope="session")
def folder(written: tuple[Path, SampleManifest]) -> Path:
    return written[0]


@pytest.fixture(scope="session")
def manifest(written: tuple[Path, SampleManifest]) -> SampleManifest:
    return written[1]


@pytest.fixture(scope="session")
def returns() -> tuple[Return, ...]:
    return invent_returns(SEED)


@pytest.fixture(scope="session")
def accounts(returns: tuple[Return, ...]) -> tuple[AccountsRow, ...]:
    return invent_all_accounts(SEED, returns)
