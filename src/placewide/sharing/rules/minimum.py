"""No more than is needed: the categories a purpose needs, and the time the matter covers (UK GDPR Art 5(1)(c))."""

from __future__ import annotations

from datetime import date

from placewide.sharing.rules.holding import papers
from placewide.sharing.rules.matter import Matter
from placewide.sharing.terms.asked import NONE, Item
from placewide.sharing.terms.decided import Fault
from placewide.sharing.terms.law import Gateway
from placewide.sharing.terms.observed import Period

TOO_MUCH = Fault("MORE_THAN_NEEDED", asks=False)


def category_faults(gateway: Gateway, matter: Matter) -> tuple[Fault, ...]:
    """The item holds a category that the gateway, its document or its purpose has no need of."""
    allowed = matter.law.needed.get(gateway.categories_of or matter.request.purpose, NONE)
    named = papers((need.test for need in gateway.needs), matter) if gateway.named_in_document else ()
    if named:
        allowed = NONE.union(*(paper.categories for paper in named))
    elif gateway.categories is not None:
        allowed = gateway.categories
    return () if all(category in allowed for category in matter.item.categories) else (TOO_MUCH,)


def narrowed(item: Item, period: Period | None) -> tuple[date | None, date | None, bool] | None:
    """First day, last day and whether something was cut off. None: the item lies wholly outside the time."""
    if period is None or (item.starts is None and item.ends is None):
        return item.starts, item.ends, False
    starts = period.starts if item.starts is None else max(item.starts, period.starts)
    ends = period.ends if item.ends is None else min(item.ends, period.ends)
    if starts > ends:
        return None
    return starts, ends, (starts, ends) != (item.starts, item.ends)
