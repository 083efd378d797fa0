"""What quizbot remembers: one SQLite event log, drafts, and where they live.

Importing this package loads neither sqlite3 nor platformdirs; opening a store loads the first, `resolve` the second and only
when `QUIZBOT_HOME` is not set.
"""

from quizbot.store.bodies import (
    KINDS,
    AssessedPoint,
    AttemptBody,
    AttemptMisconception,
    AttemptPoint,
    DemoPredictionBody,
    Evidence,
    SelfAssessmentBody,
)
from quizbot.store.drafts import Draft, Drafts
from quizbot.store.errors import (
    DamagedStoreError,
    ForeignStoreError,
    InvalidRecordError,
    NewerStoreError,
    StoreBusyError,
    StoreClosedError,
    StoreError,
    StoreFullError,
    StoreUnwritableError,
)
from quizbot.store.events import Event, EventLog
from quizbot.store.paths import HOME_VARIABLE, Paths, make_private, resolve
from quizbot.store.store import AttemptSummary, Store

__all__ = [
    "HOME_VARIABLE",
    "KINDS",
    "AssessedPoint",
    "AttemptBody",
    "AttemptMisconception",
    "AttemptPoint",
    "AttemptSummary",
    "DamagedStoreError",
    "DemoPredictionBody",
    "Draft",
    "Drafts",
    "Event",
    "EventLog",
    "Evidence",
    "ForeignStoreError",
    "InvalidRecordError",
    "NewerStoreError",
    "Paths",
    "SelfAssessmentBody",
    "Store",
    "StoreBusyError",
    "StoreClosedError",
    "StoreError",
    "StoreFullError",
    "StoreUnwritableError",
    "make_private",
    "resolve",
]
