"""A control total in words: the difference, and its likely causes one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ui import formats

if TYPE_CHECKING:
    from bargain.intake.control_total import Control, LikelyCause


class ControlWords(QObject):
    """A QObject for its ``tr``, which knows plural forms."""

    def sentence(self, control: Control) -> str:
        """``Your file adds to £31,420,118. You typed £31,902,000. Difference £481,882 (about 19 staff).``"""
        found, typed = formats.money(float(control.found), 2), formats.money(float(control.typed), 2)
        if not control.difference:
            return self.tr("✓ Your files add to {found}. Difference £0.").format(found=found)
        size = formats.money(float(abs(control.difference)), 2)
        text = self.tr("Your files add to {found}. You typed {typed}. Difference {difference}")
        text = text.format(found=found, typed=typed, difference=size)
        staff = round(control.staff)
        return (
            text
            + " "
            + (self.tr("(about %Ln staff).", "", staff) if staff else self.tr("(less than one post)."))
        )

    def cause(self, one: LikelyCause) -> str:
        """One likely cause, and where to look."""
        periods = {
            "month": self.tr("month"),
            "four_weeks": self.tr("four weeks"),
            "fortnight": self.tr("fortnight"),
            "week": self.tr("week"),
        }
        match str(one.cause):
            case "rounding":
                return self.tr("Pennies: the total was rounded.")
            case "full_time":
                return self.tr(
                    "Your total is what full time would be paid; the files were read as what is actually paid (step 3)."
                )
            case "period":
                text = self.tr("Your total looks like one {period}, not a year.")
                return text.format(period=periods[one.name])
            case "employer":
                text = self.tr("The difference is what {name} pays: is it in one and not in the other?")
                return text.format(name=one.name)
            case "on_costs":
                return self.tr(
                    "Your total may hold employer NI and pension; the pay bill here is basic pay alone."
                )
            case "left_out":
                return self.tr("%Ln row(s) were set aside (step 4).", "", one.rows)
            case "leavers":
                return self.tr("%Ln leaver(s) are not counted.", "", one.rows)
            case "hidden":
                return self.tr("%Ln hidden row(s) were read (step 2).", "", one.rows)
            case "double":
                return self.tr("%Ln row(s) are there twice and were kept (step 4).", "", one.rows)
        return str(one.cause)
