"""The tables of the history: how they came to be, and every statement that changes them.

Times are UTC seconds since 1970.
"""

from __future__ import annotations

from tray_agent.shell.history import BoutRow, BreakRow, DoseRow, PromptRow, Row, StandRow

# One script for each version; `user_version` counts how many were run.
MIGRATIONS = (
    """
    CREATE TABLE bouts (began REAL NOT NULL, ended REAL NOT NULL, cause TEXT NOT NULL);
    CREATE TABLE breaks (began REAL NOT NULL, ended REAL NOT NULL, cause TEXT NOT NULL);
    CREATE TABLE prompts (kind TEXT NOT NULL, insistence TEXT NOT NULL, shown REAL NOT NULL,
                          outcome TEXT NOT NULL, ended REAL NOT NULL);
    CREATE TABLE doses (kind TEXT NOT NULL, left_s REAL NOT NULL, right_s REAL NOT NULL,
                        sets INTEGER NOT NULL, reps INTEGER NOT NULL, standing_s REAL NOT NULL,
                        at REAL NOT NULL);
    CREATE TABLE health (name TEXT PRIMARY KEY, value TEXT NOT NULL, at REAL NOT NULL);
    CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
    CREATE INDEX bouts_began ON bouts (began);
    CREATE INDEX breaks_began ON breaks (began);
    CREATE INDEX prompts_shown ON prompts (shown);
    CREATE INDEX doses_at ON doses (at);
    """,
    """
    CREATE TABLE stands (began REAL NOT NULL, ended REAL NOT NULL);
    CREATE INDEX stands_began ON stands (began);
    """,
)

# The same row told twice, as after a crash between a row and the next snapshot, is kept once.
FORGET: dict[type[Row], str] = {
    BoutRow: "DELETE FROM bouts WHERE began BETWEEN :began - 1 AND :began + 1",
    BreakRow: "DELETE FROM breaks WHERE began BETWEEN :began - 1 AND :began + 1",
    StandRow: "DELETE FROM stands WHERE began BETWEEN :began - 1 AND :began + 1",
    PromptRow: "DELETE FROM prompts WHERE shown BETWEEN :shown - 1 AND :shown + 1",
    DoseRow: "DELETE FROM doses WHERE at BETWEEN :at - 1 AND :at + 1 AND kind = :kind",
}
INSERT: dict[type[Row], str] = {
    BoutRow: "INSERT INTO bouts VALUES (:began, :ended, :cause)",
    BreakRow: "INSERT INTO breaks VALUES (:began, :ended, :cause)",
    StandRow: "INSERT INTO stands VALUES (:began, :ended)",
    PromptRow: "INSERT INTO prompts VALUES (:kind, :insistence, :shown, :outcome, :ended)",
    DoseRow: "INSERT INTO doses VALUES (:kind, :left_s, :right_s, :sets, :reps, :standing_s, :at)",
}
SINCE: dict[type[Row], str] = {
    BoutRow: "SELECT * FROM bouts WHERE began >= ? ORDER BY began",
    BreakRow: "SELECT * FROM breaks WHERE began >= ? ORDER BY began",
    StandRow: "SELECT * FROM stands WHERE began >= ? ORDER BY began",
    PromptRow: "SELECT * FROM prompts WHERE shown >= ? ORDER BY shown",
    DoseRow: "SELECT * FROM doses WHERE at >= ? ORDER BY at",
}
UNDO = (
    # A row was written by the clock as it was then, which has drifted since.
    "DELETE FROM bouts WHERE began > :since - 30",
    "DELETE FROM breaks WHERE began > :since - 30",
    "DELETE FROM stands WHERE began > :since - 30",
)
SAY = """
    INSERT INTO health VALUES (:name, :value, :at)
    ON CONFLICT (name) DO UPDATE SET value = excluded.value, at = excluded.at WHERE value <> excluded.value
"""
UNSAY = "DELETE FROM health WHERE name = :name"
TRIM = (
    "DELETE FROM bouts WHERE ended < :before",
    "DELETE FROM breaks WHERE ended < :before",
    "DELETE FROM stands WHERE ended < :before",
    "DELETE FROM prompts WHERE ended < :before",
    "DELETE FROM doses WHERE at < :before",
)
ERASE = (
    "DELETE FROM bouts",
    "DELETE FROM breaks",
    "DELETE FROM stands",
    "DELETE FROM prompts",
    "DELETE FROM doses",
    "DELETE FROM health",
    "DELETE FROM meta",
)

TABLES = {
    "bouts": "SELECT * FROM bouts ORDER BY began",
    "breaks": "SELECT * FROM breaks ORDER BY began",
    "stands": "SELECT * FROM stands ORDER BY began",
    "prompts": "SELECT * FROM prompts ORDER BY shown",
    "doses": "SELECT * FROM doses ORDER BY at",
    "meta": "SELECT * FROM meta ORDER BY name",
    "health": "SELECT * FROM health ORDER BY name",
}
TIMES = ("began", "ended", "shown", "at")
"""Columns that hold a time."""
