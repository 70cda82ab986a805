"""Names and numbers that payrolls carry and an importer must drop: every one visibly invented."""

from dataclasses import dataclass
from datetime import date
from random import Random

_FIRST = ("Testa", "Exampla", "Ficta", "Demo", "Sampla", "Mocka", "Inventa", "Proba", "Modella", "Draftan")
_STREETS = ("Sample Street", "Example Road", "Fictional Way", "Invented Lane", "Test Close")


@dataclass(frozen=True, slots=True)
class Identity:
    serial: int
    first_name: str
    surname: str
    ni_number: str  # QQ is HMRC's own dummy prefix and is never issued
    birth: date
    address: str
    email: str
    account_number: str

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.surname}"


def invent_identity(serial: int, birth: date, rng: Random) -> Identity:
    digits = f"{rng.randrange(1_000_000):06d}"
    return Identity(
        serial=serial,
        first_name=rng.choice(_FIRST),
        surname=f"Fictional-{serial:05d}",
        ni_number=f"QQ {digits[:2]} {digits[2:4]} {digits[4:]} {rng.choice('ABCD')}",
        birth=birth,
        address=f"{rng.randint(1, 99)} {rng.choice(_STREETS)}, Exampletown, ZZ99 9ZZ",
        email=f"person{serial:05d}@example.invalid",
        account_number=f"000{serial:05d}",
    )
