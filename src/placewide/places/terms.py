"""The words of a place: who governs it, where people live in it, and what is known about an address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

Uprn = int  # Unique Property Reference Number: up to twelve digits, the same for ever
Postcode = str  # as written: "CD1 4AB"


class Tier(StrEnum):
    """Which share of local government an authority holds."""

    COUNTY = "county"
    DISTRICT = "district"
    UNITARY = "unitary"
    STRATEGIC = "strategic"  # combined authorities, the Greater London Authority: above the councils that provide


class ProvidingTier(StrEnum):
    """Who provides a service, in the words of the Local Government Service List as GOV.UK uses it."""

    COUNTY = "county/unitary"
    DISTRICT = "district/unitary"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Membership:
    """A time in which a council belonged to a strategic authority that is not the one it belongs to now."""

    strategic: str  # code
    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True)
class Authority:
    """A council or a strategic authority, from the reference file or from an organisation of this node."""

    code: str  # "ADU"
    name: str
    short_name: str
    nation: str  # "England", "Scotland", "Wales", "Northern Ireland"
    region: str
    tier: Tier
    kind: str  # "NMD", "LBO", "NID" …
    county: str = ""  # code of the county council, for a district
    strategic: str = ""  # code of the combined authority or the GLA it belongs to
    first_day: date | None = None  # None: before anything that is asked
    last_day: date | None = None
    successors: tuple[str, ...] = ()  # codes, once it has ended
    memberships: tuple[Membership, ...] = ()  # earlier ones; ``strategic`` holds on every other day
    current: bool = True  # in the published file; ``last_day`` may know better
    name_cy: str = ""  # of a council of Wales


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """One service of the Local Government Service List (LGSL)."""

    lgsl: int
    name: str
    tier: ProvidingTier
    earlier: tuple[tuple[ProvidingTier, date], ...] = ()  # tiers before that, each with its last day, oldest first


@dataclass(frozen=True, slots=True)
class Provider:
    """Who provides a service. ``code`` is empty where it is not a council's to provide."""

    code: str
    name: str
    note: str = ""  # what else a person should know: trunk roads, joint arrangements


class ExceptionEffect(StrEnum):
    INSTEAD = "instead"  # of the council the tier points to
    ALSO = "also"  # beside it
    NOTE = "note"  # the council does, but there is something to know


@dataclass(frozen=True, slots=True)
class ProviderException:
    """Where the tier alone gives the wrong answer. Dated, with its source."""

    scope: str  # "nation", "region", "kind", "strategic" or "code"
    value: str  # "Northern Ireland", "London", "MD", "GLA"; codes parted by blanks: each of them
    lgsl: frozenset[int]
    effect: ExceptionEffect
    code: str  # of an authority; "strategic": the one this council belongs to; empty: not a council
    name: str  # who, where ``code`` is empty
    note: str
    starts: date | None
    ends: date | None
    source: str
    checked: str  # V: the source was read; S: seen in an excerpt; K: general knowledge


@dataclass(frozen=True, slots=True)
class Body:
    """One public body that serves an address."""

    code: str  # authority code; empty for a trust or a charity
    name: str
    name_cy: str
    kind: str  # "council", "health", "charity" …
    tier: str  # of a council
    organisation_id: UUID | None  # where this node hosts it
    slug: str = ""
    website: str = ""
    nation: str = "England"


@dataclass(frozen=True, slots=True)
class AddressRecord:
    """A property with its reference number."""

    uprn: Uprn
    lines: tuple[str, ...]  # without town and postcode
    street: str
    town: str
    postcode: Postcode
    ward: str = ""
    district_code: str = ""
    county_code: str = ""
    easting: int | None = None  # metres, British (or Irish) National Grid
    northing: int | None = None

    @property
    def one_line(self) -> str:
        return ", ".join((*self.lines, *(part for part in (self.town, self.postcode) if part)))


@dataclass(frozen=True, slots=True)
class AreaCode:
    """What is known of a code that an address may carry."""

    code: str
    tier: Tier | None  # None: an organisation of this node that does not say
    county: str = ""
    ended: str = ""  # "ended on 31 March 2020; now BUC": why nobody is to be found by it; empty for a living one


class Container(StrEnum):
    REFUSE = "refuse"
    RECYCLING = "recycling"
    GARDEN = "garden"
    FOOD = "food"
    PAPER = "paper"
    GLASS = "glass"


class RunStatus(StrEnum):
    """How a round stands on its day, as the crew notes it."""

    RUNNING = "running"
    FINISHED = "finished"
    DELAYED = "delayed"


class CollectionStatus(StrEnum):
    """What is known of the last collection at one address."""

    NOT_FINISHED = "not-finished"  # the round is still out
    FINISHED = "finished"  # over; without ``status_at``: by its planned end, nobody having noted otherwise
    DELAYED = "delayed"
    NOT_PRESENTED = "not-presented"
    CONTAMINATED = "contaminated"
    BLOCKED = "blocked"
    TOO_HEAVY = "too-heavy"


CREW_REASONS = (
    CollectionStatus.NOT_PRESENTED,
    CollectionStatus.CONTAMINATED,
    CollectionStatus.BLOCKED,
    CollectionStatus.TOO_HEAVY,
)


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a round goes: from its first date, every so many weeks, each time from ``starts`` to ``ends``."""

    first_date: date
    weeks: int  # 1: weekly, 2: fortnightly
    starts: int  # minutes after midnight, London: containers must be out by then
    ends: int  # minutes after midnight, London: the planned end
    last_date: date | None = None


@dataclass(frozen=True, slots=True)
class Route:
    """One container's round, as its rules need it."""

    id: UUID
    organisation_id: UUID
    name: str
    container: Container
    colour: str
    schedule: Schedule
    report_days: int  # working days after the round in which a missed collection can be reported
    nation: str  # whose working days count


@dataclass(frozen=True, slots=True)
class HolidayChange:
    """A collection moved to another day, or left out (``moved_to`` is None)."""

    normal: date
    moved_to: date | None
    reason: str  # "Christmas Day"
    reason_cy: str = ""


@dataclass(frozen=True, slots=True)
class CollectionDay:
    """One collection: the day it is made, and the day it would have been."""

    day: date
    normal: date
    change: HolidayChange | None = None


@dataclass(frozen=True, slots=True)
class RunNote:
    """The last thing a crew noted about a round on a day."""

    status: RunStatus
    at: datetime
    until: datetime | None = None  # when a delayed round is now expected to be over


@dataclass(frozen=True, slots=True)
class CrewNote:
    """What a crew noted at one address."""

    reason: CollectionStatus
    at: datetime


@dataclass(frozen=True, slots=True)
class Noted:
    """What was noted about one round and one address, each by the day of the collection."""

    changes: Mapping[date, HolidayChange] = field(default_factory=dict)  # by the normal day
    runs: Mapping[date, RunNote] = field(default_factory=dict)
    crew: Mapping[date, CrewNote] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Collection:
    """One container at one address: its last and next day, and whether a missed one can be reported."""

    container: Container
    colour: str  # of the container: "black", "#2e7d32"
    round_id: UUID
    round: str  # the round's own name
    organisation_id: UUID
    assisted: bool  # the crew fetches it from the door
    weeks: int
    last: date | None  # on or before today; None: not begun
    next: date | None  # today too, until today's is over; None: the round ends
    change_reason: str  # a whole sentence: ``next`` is moved, or one before it is left out; else empty
    status: CollectionStatus
    status_at: datetime | None
    report_from: datetime | None  # a missed collection of ``last`` can be reported from …
    report_until: datetime | None  # … until


@dataclass(frozen=True, slots=True)
class RoundDay:
    """A round on a day it goes, with the last thing its crew noted."""

    route: Route
    collection: CollectionDay
    run: RunNote | None


@dataclass(frozen=True, slots=True)
class Disruption:
    """A round that is late, or a collection that a bank holiday moves: what everybody on it should know."""

    container: Container | None  # of a late round
    day: date
    until: datetime | None  # of a late round: when it should be over
    change: HolidayChange | None = None


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong with one cell or row of a file, and how to mend it. ``fatal``: the file is not loaded."""

    line: int  # as a text editor counts
    column: str  # empty: the row or the file as a whole
    wrong: str
    mend: str
    fatal: bool = True

    def said(self, file: str) -> str:
        """``addresses.csv:17: postcode: "CD1" is no whole postcode. Give all of it, such as CD1 4AB.``

        What is only odd begins with ``note:``, so that a fault among many notes is seen.
        """
        where = f"{file}:{self.line}: {self.column}: " if self.column else f"{file}:{self.line}: "
        return f"{'' if self.fatal else 'note: '}{where}{self.wrong}. {self.mend}."


@dataclass(frozen=True, slots=True)
class RoundRow:
    """One line of a file of rounds."""

    code: str
    name: str
    container: Container
    colour: str
    schedule: Schedule
    report_days: int


@dataclass(frozen=True, slots=True)
class StopRow:
    """One line of a file that says which address is on which round."""

    uprn: Uprn
    round: str
    assisted: bool


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One line of a file of bank-holiday changes. ``round`` is ``*`` for every round of that day."""

    round: str
    change: HolidayChange


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading a file did."""

    rows: int
    added: int
    warnings: tuple[RowProblem, ...] = ()
