"""Sixty texts that a spreadsheet program would take for formulas, or for the mark that keeps them from it."""

from __future__ import annotations

STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "'=", "''+", "'@", "'")
BODIES = (
    'cmd|"/c calc"!A1', "SUM(1,1)", 'HYPERLINK("http://example.invalid","x")', 'WEBSERVICE("http://example.invalid")', "1+1",
)  # fmt: skip
PAYLOADS = [start + body for start in STARTS for body in BODIES]
RUNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")  # what a cell that runs begins with
