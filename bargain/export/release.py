"""The look at a finished workbook before anybody gets it: nothing hidden, nothing foreign, nothing of us.

Exports are written from scratch from values, so a fault found here is the program's, not the user's.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from io import BytesIO

from defusedxml.ElementTree import fromstring

_PARTS = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(app|core)\.xml|xl/(workbook|styles|sharedStrings)\.xml"
    r"|xl/_rels/workbook\.xml\.rels|xl/theme/theme1\.xml|xl/worksheets/sheet\d+\.xml"
)
_PROPERTIES = {"creator": "Bargain", "created": "2000-01-01T00:00:00Z", "modified": "2000-01-01T00:00:00Z"}
_FOREIGN = ("externalReference", "definedName", "oleObject", "drawing", "legacyDrawing", "hyperlink", "pivot")


def released(data: bytes, *, sheets: Sequence[str]) -> bytes:
    """The same bytes, once they have been opened again and looked through. ValueError for a fault."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for name in archive.namelist():
            if not _PARTS.fullmatch(name):
                raise ValueError(f"the workbook has a part {name} that is not ours")
            _look_at(name, archive.read(name), sheets)
    return data


def _look_at(name: str, part: bytes, sheets: Sequence[str]) -> None:
    root = fromstring(part)
    names: list[str] = []
    for element in root.iter():
        tag = element.tag.rpartition("}")[2]
        if tag.startswith(_FOREIGN) and tag != "definedNames":  # an empty list of names is harmless
            raise ValueError(f"{name} has a {tag}")
        if element.get("hidden", "0") not in {"0", "false"} or element.get("state") in {
            "hidden",
            "veryHidden",
        }:
            raise ValueError(f"{name} has something hidden")
        if tag == "sheet":
            names.append(element.get("name", ""))
        if name == "docProps/core.xml" and tag != "coreProperties" and _PROPERTIES.get(tag) != element.text:
            raise ValueError(f"the property {tag} is not ours")
    if name == "xl/workbook.xml" and tuple(names) != tuple(sheets):
        raise ValueError(f"the sheets are {names}")
