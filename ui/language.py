"""The language of the window: English needs a translation too, for its singulars and plurals.

After a text with a count was added: ``pyside6-lupdate -pluralonly -no-obsolete -locations none`` over the Python files
of ``ui`` with ``-ts ui/i18n/bargain_en.ts``, fill in both forms, then ``pyside6-lrelease ui/i18n/bargain_en.ts``.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

FOLDER = Path(__file__).parent / "i18n"


def install(app: QCoreApplication) -> None:
    """British figures where the system has no locale, and the plural forms of our texts."""
    if QLocale().language() == QLocale.Language.C:
        QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    if app.findChild(QTranslator, "bargain") is None:
        translator = QTranslator(app)
        translator.setObjectName("bargain")
        translator.load(str(FOLDER / "bargain_en.qm"))
        app.installTranslator(translator)
