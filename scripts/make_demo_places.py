"""Writes demo/places/*.csv: the geography of Calderbrook and Fenmarch, which are invented.

The same files every time. Run it again after changing the lists below: ``.venv/bin/python scripts/make_demo_places.py``
"""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path
from random import Random

import holidays

FOLDER = Path(__file__).parent.parent / "demo" / "places"
YEARS = range(2025, 2037)
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")

# street, town, ward, outward code, houses, day of its rounds (0 is Monday)
CALDER_VALE = (
    ("Mill Lane", "Calderbrook", "Bridge End", "CD1", 24, 1),
    ("Mill Hill", "Calderbrook", "Bridge End", "CD1", 16, 1),
    ("Dunn Mill", "Calderbrook", "Bridge End", "CD1", 10, 1),
    ("Old Mill Lane", "Calderbrook", "Bridge End", "CD1", 12, 1),
    ("Millner Close", "Calderbrook", "Bridge End", "CD1", 9, 1),
    ("Station Road", "Calderbrook", "Market", "CD1", 22, 0),
    ("Market Place", "Calderbrook", "Market", "CD1", 11, 0),
    ("Weavers Row", "Calderbrook", "Market", "CD1", 14, 0),
    ("St Bride’s Terrace", "Calderbrook", "Market", "CD1", 12, 0),
    ("Tenter Croft", "Calderbrook", "Market", "CD1", 10, 0),
    ("Canal Street", "Calderbrook", "Lockside", "CD2", 18, 2),
    ("Lock Keepers Way", "Calderbrook", "Lockside", "CD2", 13, 2),
    ("Hebble Avenue", "Calderbrook", "Lockside", "CD2", 16, 2),
    ("Heron Drive", "Calderbrook", "Lockside", "CD2", 15, 2),
    ("Herring Drive", "Calderbrook", "Lockside", "CD2", 8, 2),
    ("Dyehouse Lane", "Oxmere", "Oxmere", "CD3", 12, 3),
    ("Church Lane", "Oxmere", "Oxmere", "CD3", 11, 3),
    ("Green Lane", "Oxmere", "Oxmere", "CD3", 9, 3),
    ("Plover Rise", "Oxmere", "Oxmere", "CD3", 14, 3),
    ("Back Lane", "Oxmere", "Oxmere", "CD3", 6, 3),
    ("Church Lane", "Hollin Dene", "Moorside", "CD4", 8, 4),
    ("Moor Road", "Hollin Dene", "Moorside", "CD4", 12, 4),
    ("Quarry Bank", "Hollin Dene", "Moorside", "CD4", 9, 4),
    ("Packhorse Lane", "Hollin Dene", "Moorside", "CD4", 7, 4),
    ("Curlew Court", "Hollin Dene", "Moorside", "CD4", 10, 4),
)
FENMARCH = (
    ("High Street", "Fenmarch", "Town", "FM1", 18, 0),
    ("Mill Lane", "Fenmarch", "Town", "FM1", 14, 0),
    ("Sluice Road", "Fenmarch", "Levels", "FM1", 12, 2),
    ("Eel Pie Row", "Fenmarch", "Levels", "FM1", 9, 2),
    ("Windpump Close", "Fenmarch", "Levels", "FM2", 11, 3),
    ("Long Drove", "Fenmarch", "Levels", "FM2", 8, 3),
)
NAMED_HOUSES = {
    ("Church Lane", "Oxmere"): ("The Old Chapel", "Rose Cottage", "Oxmere Vicarage"),
    ("Back Lane", "Oxmere"): ("Rosehip Cottage",),
    ("Packhorse Lane", "Hollin Dene"): ("Top o’ th’ Hill Farm", "Hollin Farm"),
    ("Long Drove", "Fenmarch"): ("Pump House", "Sedge Farm"),
}
FLATS = {("Station Road", "Calderbrook"): ("Hebble House", 12), ("Canal Street", "Calderbrook"): ("Wharf Buildings", 8)}

# container, colour, every so many weeks, which of them, planned end
CALDER_VALE_ROUNDS = (
    ("refuse", "black", 2, 0, "15:30"),
    ("recycling", "blue", 2, 1, "16:00"),
    ("paper", "red", 2, 1, "16:00"),
    ("food", "brown", 1, 0, "14:00"),
    ("garden", "green", 2, 0, "15:00"),
)
FENMARCH_ROUNDS = (
    ("refuse", "grey", 2, 0, "16:00"),
    ("recycling", "green", 2, 1, "16:00"),
    ("paper", "blue", 2, 1, "16:00"),
    ("food", "silver", 1, 0, "14:30"),
    ("garden", "brown", 2, 1, "16:00"),
)
FIRST_MONDAY = date(2025, 1, 6)

ORGANISATIONS = (
    # slug, name, name_cy, kind, tier, code, county, serves, phone, domain, address, colour, mark
    ("calderbrook", "Calderbrook County Council", "Cyngor Sir Calderbrook", "council", "county", "ZZC", "", "",
     "01632 960100", "calderbrook.example", "County Hall, 1 Market Place, Calderbrook, CD1 1AA", "#14532d", "hills"),
    ("calder-vale", "Calder Vale District Council", "Cyngor Dosbarth Calder Vale", "council", "district", "ZZV", "ZZC",
     "", "01632 960200", "caldervale.example", "Town Hall, 9 Market Place, Calderbrook, CD1 1AA", "#5b2a6e", "river"),
    ("calderbrook-trust", "Calderbrook NHS Trust", "Ymddiriedolaeth GIG Calderbrook", "health", "", "", "", "ZZC ZZV",
     "01632 960300", "calderbrooktrust.example", "Calderbrook Infirmary, Moor Road, Hollin Dene, CD4 2AB", "#134074",
     "star"),
    ("calderbrook-carers", "Calderbrook Carers", "Gofalwyr Calderbrook", "charity", "", "", "", "ZZC ZZV",
     "01632 960400", "calderbrookcarers.example", "3 Weavers Row, Calderbrook, CD1 3AB", "#8a2942", "heart"),
    ("hebble-homes", "Hebble Homes", "Cartrefi Hebble", "housing", "", "", "", "ZZV",
     "01632 960600", "hebblehomes.example", "1 Station Road, Calderbrook, CD1 6AG", "#6b3e12", "house"),
    ("fenmarch-neighbours", "Fenmarch Good Neighbours", "Cymdogion Da Fenmarch", "charity", "", "", "", "ZZF",
     "01632 960700", "fenmarchneighbours.example", "2 High Street, Fenmarch, FM1 1AA", "#8a2942", "heart"),
    ("fenmarch", "Fenmarch Council", "Cyngor Fenmarch", "council", "unitary", "ZZF", "", "",
     "01632 960500", "fenmarch.example", "The Guildhall, 1 High Street, Fenmarch, FM1 1AA", "#0f4c5c", "wave"),
)  # fmt: skip


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    random = Random(1847)
    _organisations()
    numbers = iter(range(999_000_000_001, 999_000_001_000))
    calder_vale = _addresses(CALDER_VALE, ("ZZV", "ZZC"), (600_000, 480_000), numbers, random)
    fenmarch = _addresses(FENMARCH, ("ZZF", ""), (640_000, 470_000), numbers, random)
    fields = "uprn line_1 line_2 line_3 street town postcode ward district county easting northing".split()  # noqa: SIM905
    _write("addresses.csv", fields, [row for row, _ in (*calder_vale, *fenmarch)])
    for slug, addresses, rounds, report_days in (
        ("calder-vale", calder_vale, CALDER_VALE_ROUNDS, 2),
        ("fenmarch", fenmarch, FENMARCH_ROUNDS, 1),
    ):
        days = sorted({day for _, day in addresses})
        _rounds(slug, rounds, days, report_days)
        _stops(slug, rounds, addresses, random)
    _write("calder-vale-holidays.csv", CHANGE_FIELDS, _calder_vale_changes())
    _write("fenmarch-holidays.csv", CHANGE_FIELDS, _fenmarch_changes())


CHANGE_FIELDS = ["round", "normal_date", "new_date", "reason", "reason_cy"]


_REACHED = ("nation", "email", "website", "data_protection")


def _organisations() -> None:
    fields = "slug name name_cy kind tier authority_code county_code serves phone domain address colour mark".split()  # noqa: SIM905
    rows = []
    for values in ORGANISATIONS:
        row = dict(zip(fields, values, strict=True))
        domain = row.pop("domain")
        rows.append(row | {"nation": "England", "email": f"help@{domain}", "website": f"https://{domain}"})
        if row["kind"] != "charity":  # one without an officer of its own is asked itself
            rows[-1]["data_protection"] = f"dataprotection@{domain}"
    _write("organisations.csv", [*(f for f in fields if f != "domain"), *_REACHED], rows)


def _addresses(streets, codes, corner, numbers, random):
    district, county = codes
    found = []
    for at, (street, town, ward, outward, houses, day) in enumerate(streets):
        east, north = corner[0] + 400 * (at % 5), corner[1] + 350 * (at // 5)
        common = {"street": street, "town": town, "ward": ward, "district": district, "county": county}
        for nth, lines in enumerate(_houses(street, town, houses)):
            inward = f"{1 + at % 9}{'A' if nth < 12 else 'B'}{'ABDEFGHJLNPQRSTUWXYZ'[at % 20]}"
            row = dict(zip(("line_1", "line_2", "line_3"), (*lines, "", ""), strict=False))
            place = {"easting": east + 12 * nth, "northing": north + random.randrange(0, 40)}
            found.append(({"uprn": next(numbers), **row, "postcode": f"{outward} {inward}", **common, **place}, day))
    return found


def _houses(street, town, houses):
    for number in range(1, houses + 1):
        yield (f"{number} {street}",)
    for name in NAMED_HOUSES.get((street, town), ()):
        yield (name, street)
    building, flats = FLATS.get((street, town), ("", 0))
    for number in range(1, flats + 1):
        yield (f"Flat {number}", building, f"{houses + 2} {street}")


def _rounds(slug, rounds, days, report_days) -> None:
    rows = []
    for day in days:
        for container, colour, weeks, offset, ends in rounds:
            first = FIRST_MONDAY + timedelta(days=day, weeks=offset)
            # Every other day of the week begins with the other container, so that both kinds are out every week.
            first += timedelta(weeks=day % 2 if weeks == 2 else 0)
            rows.append({
                "round": _code(day, container), "name": f"{DAYS[day].title()} {container}", "container": container,
                "colour": colour, "weekday": DAYS[day], "weeks": weeks, "first_date": first, "out_by": "07:00",
                "ends": ends, "report_days": report_days,
            })  # fmt: skip
    _write(f"{slug}-rounds.csv", list(rows[0]), rows)


def _stops(slug, rounds, addresses, random) -> None:
    rows = []
    for address, day in addresses:
        flat = address["line_1"].startswith("Flat")
        assisted = "yes" if random.random() < 0.04 else ""
        gardener = not flat and random.random() < 0.55
        for container, *_ in rounds:
            if container != "garden" or gardener:
                rows.append({"uprn": address["uprn"], "round": _code(day, container), "assisted": assisted})
    _write(f"{slug}-address-rounds.csv", ["uprn", "round", "assisted"], rows)


def _calder_vale_changes():
    """Christmas Day and New Year's Day on a working day move the rest of the week by one; garden waste pauses."""
    for year in YEARS:
        for day, reason, reason_cy in (
            (date(year, 12, 25), "Christmas Day", "Dydd Nadolig"),
            (date(year + 1, 1, 1), "New Year’s Day", "Dydd Calan"),
        ):
            for normal in _rest_of_week(day):
                yield _change("*", normal, normal + timedelta(days=1), reason, reason_cy)
        yield from _garden_pause(year)


def _garden_pause(year):
    """No garden waste from 22 December to 4 January."""
    for weekday in range(5):
        first = FIRST_MONDAY + timedelta(days=weekday, weeks=weekday % 2)
        normal = first + timedelta(weeks=2 * (-(-(date(year, 12, 22) - first).days // 14)))
        if normal <= date(year + 1, 1, 4):
            yield _change(_code(weekday, "garden"), normal, "", "the Christmas break", "gwyliau’r Nadolig")


def _fenmarch_changes():
    """Every bank holiday moves the rest of its week by one day."""
    known = holidays.country_holidays("GB", subdiv="ENG", years=YEARS, language="en_GB")
    for day, name in sorted(known.items()):
        reason, reason_cy = _WELSH.get(name.removesuffix(" (observed)"), (name, ""))
        yield from (
            _change("*", normal, normal + timedelta(days=1), reason, reason_cy)
            for normal in _rest_of_week(day)
            if normal.weekday() in {0, 2, 3} and normal.year > YEARS[0] and normal + timedelta(days=1) not in known
        )


_WELSH = {
    "New Year's Day": ("New Year’s Day", "Dydd Calan"),
    "Good Friday": ("Good Friday", "Dydd Gwener y Groglith"),
    "Easter Monday": ("Easter Monday", "Dydd Llun y Pasg"),
    "May Day": ("the early May bank holiday", "Gŵyl Banc dechrau mis Mai"),
    "Spring Bank Holiday": ("the spring bank holiday", "Gŵyl Banc y Gwanwyn"),
    "Late Summer Bank Holiday": ("the summer bank holiday", "Gŵyl Banc yr Haf"),
    "Christmas Day": ("Christmas Day", "Dydd Nadolig"),
    "Boxing Day": ("Boxing Day", "Gŵyl San Steffan"),
}


def _rest_of_week(day: date) -> list[date]:
    return [day + timedelta(days=n) for n in range(5 - day.weekday())]


def _change(code, normal, moved, reason, reason_cy):
    return {"round": code, "normal_date": normal, "new_date": moved, "reason": reason, "reason_cy": reason_cy}


def _code(day: int, container: str) -> str:
    return f"{DAYS[day][:3]}-{container}".upper()


def _write(name, fields, rows) -> None:
    with (FOLDER / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fields, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()
