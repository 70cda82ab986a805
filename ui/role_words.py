"""A file's role in words: on the header, in the window's title, and where it is chosen."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from models.table import Role


def tr(text: str) -> str:
    """A text about roles in the person's language."""
    return QCoreApplication.translate("Roles", text)


def role_name(role: Role) -> str:
    """As one speaks of it."""
    return {
        Role.NOT_SAID: tr("Side not said"),
        Role.UNION: tr("Union side"),
        Role.EMPLOYERS: tr("Employers' side"),
        Role.JOINT: tr("Joint secretariat (no private data)"),
    }[role]


def role_badge(role: Role) -> str:
    """As it stands on the header and in the window's title."""
    return {
        Role.NOT_SAID: tr("PRIVATE"),
        Role.UNION: tr("UNION SIDE – PRIVATE"),
        Role.EMPLOYERS: tr("EMPLOYERS' SIDE – PRIVATE"),
        Role.JOINT: tr("JOINT"),
    }[role]


def role_holds(role: Role) -> str:
    """What a file of the role can hold, in one sentence."""
    return {
        Role.NOT_SAID: "",
        Role.UNION: tr(
            "Staff data that members or employers gave you, your own targets and drafts, and whatever is tabled; what leaves it "
            "is what you send."
        ),
        Role.EMPLOYERS: tr(
            "Employers' payrolls and accounts, your own targets and drafts, and whatever is tabled; what leaves it is what you "
            "send."
        ),
        Role.JOINT: tr(
            "The data that both sides agreed to share, what is tabled and the text of the agreement; no side's targets can be "
            "put into it."
        ),
    }[role]


def no_targets() -> str:
    """Why a joint file takes no targets."""
    return tr(
        "This is the joint secretariat's file: it holds no side's targets. Use your own side's file for them."
    )
