"""English prose from a small grammar: reads like a report, means little, repeats rarely."""

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Subject:
    """The vocabulary of one field of work. Nouns are plural where a sentence needs them so."""

    field: str
    journal: str
    things: tuple[str, ...]
    places: tuple[str, ...]
    measures: tuple[str, ...]
    units: tuple[str, ...]
    causes: tuple[str, ...]
    methods: tuple[str, ...]


SUBJECTS = (
    Subject(
        field="Coastal wetlands",
        journal="Annals of Shore and Estuary Research",
        things=("salt marshes", "tidal channels", "mudflats", "oyster reefs", "reed beds"),
        places=("the northern estuary", "the outer lagoon", "Harrow Bay", "the Teller delta"),
        measures=("sediment depth", "salinity", "shoot density", "water level", "carbon storage"),
        units=("cm", "g/kg", "stems", "mm", "t/ha"),
        causes=("storm surges", "dredging", "spring floods", "rising sea level", "grazing"),
        methods=("repeat levelling", "drone surveys", "core sampling", "moored sensors"),
    ),
    Subject(
        field="Urban transit",
        journal="Journal of City Movement",
        things=("tram lines", "night buses", "interchanges", "cycle routes", "ticket halls"),
        places=("the eastern suburbs", "the old centre", "Kestrel Park", "the river crossing"),
        measures=("waiting time", "ridership", "headway", "fare revenue", "punctuality"),
        units=("min", "thousand", "s", "million", "%"),
        causes=("the new timetable", "road works", "school holidays", "signal priority"),
        methods=("smart-card records", "roadside counts", "stated-choice surveys", "simulation"),
    ),
    Subject(
        field="Pollinator ecology",
        journal="Proceedings of the Meadow Society",
        things=("honeybee colonies", "hover flies", "hedgerows", "orchard blocks", "wild bees"),
        places=("the chalk uplands", "the trial orchards", "Fennel Down", "the valley farms"),
        measures=("visit rate", "pollen load", "brood area", "fruit set", "colony weight"),
        units=("per hour", "mg", "cells", "%", "kg"),
        causes=("late frost", "mowing", "spray drift", "drought", "forage scarcity"),
        methods=("transect walks", "hive scales", "pan traps", "pollen microscopy"),
    ),
    Subject(
        field="Building physics",
        journal="Structures and Indoor Climate",
        things=("timber frames", "brick facades", "heat pumps", "roof panels", "stairwells"),
        places=("the pilot houses", "the school annex", "Quarry Street", "the test chamber"),
        measures=("surface temperature", "air change rate", "heat loss", "relative humidity"),
        units=("K", "per hour", "W", "%", "kPa"),
        causes=("solar gain", "poor sealing", "night ventilation", "thermal bridges"),
        methods=("infrared imaging", "tracer gas tests", "co-heating", "finite-element models"),
    ),
    Subject(
        field="Printing history",
        journal="Studies in Paper and Type",
        things=("woodblocks", "account books", "type specimens", "bindings", "broadsheets"),
        places=("the guild archive", "the abbey library", "Lower Mill", "the port towns"),
        measures=("sheet size", "edition size", "ink density", "paper weight", "line spacing"),
        units=("cm", "copies", "points", "g/m²", "mm"),
        causes=("the paper tax", "cheaper freight", "guild rules", "steam presses"),
        methods=("watermark tracing", "raking light", "catalogue records", "fibre analysis"),
    ),
    Subject(
        field="Battery materials",
        journal="Letters on Energy Storage",
        things=("cathode layers", "pouch cells", "separators", "graphite anodes", "electrolytes"),
        places=("the pilot line", "the dry room", "Cell Group B", "the cycling bench"),
        measures=("capacity", "internal resistance", "cell voltage", "coating thickness"),
        units=("mAh/g", "ohm", "V", "µm", "cycles"),
        causes=("fast charging", "trace moisture", "plating", "calendar ageing"),
        methods=("impedance spectroscopy", "half-cell cycling", "tomography", "calorimetry"),
    ),
)

_OPENERS = (
    "In most years", "By contrast", "As a result", "At the same time", "Over the whole period",
    "In the second season", "For this reason", "On closer inspection", "Taken together",
    "Outside the study area", "Where records allow", "Even so", "In practice", "Until recently",
)  # fmt: skip
_SHIFTS = ("rose", "fell", "levelled off", "recovered", "shifted", "narrowed", "doubled")
_ADVERBS = ("sharply", "slowly", "steadily", "unevenly", "within weeks", "only slightly")
_ADJECTIVES = (
    "larger", "older", "sheltered", "exposed", "isolated", "well-kept", "neglected", "smaller",
    "better documented", "recently repaired", "heavily used",
)  # fmt: skip
_SURNAMES = (
    "Almeida", "Becker", "Castellan", "Dufour", "Eriksen", "Farrow", "Grantham", "Hollis",
    "Ishida", "Jansen", "Kowal", "Lindqvist", "Marchetti", "Novak", "Okafor", "Prasad", "Quill",
    "Rosario", "Santos", "Thorne", "Ueda", "Vance", "Whitlock", "Yilmaz", "Zeller",
)  # fmt: skip
_TEMPLATES = (
    "{Opener}, {measure} in {place} {shift} {adverb}, and {things} were affected most.",
    "{Opener}, {cause} mattered less than {cause2}, which {method} had already suggested.",
    "We measured {measure} and {measure2} at {n} sites in {place} with {method}.",
    "The {adj} {things} kept their {measure}, while those near {place} lost {pct} per cent of it.",
    "About {pct} per cent of the change in {measure} since {year} can be put down to {cause}.",
    "Earlier work treated {things} as uniform, although {adj} examples differ in {measure}.",
    "This is consistent with {author} ({year}), who found a similar pattern in {place}.",
    "A difference of {num} {unit} is small, but it was repeated in {n} of {n2} trials.",
    "With {cause} left out, {measure} {shift} {adverb} and the two groups could be compared.",
    "Records from {place} begin in {year}; those before {year2} are kept only in part.",
    "Neither {method} nor {method2} alone could separate {cause} from {cause2}.",
    "{Things} respond to {cause} {adverb}, as the curves for {place} make clear.",
    "It follows that {measure} should be reported together with {measure2} wherever possible.",
    "Of the {n2} {things} that were visited, {n} showed no sign of {cause}.",
    "The effect was strongest in {place}, where {measure} {shift} by {num} {unit} in one season.",
    "Managers of {things} can act on {cause} early, before {measure} has visibly changed.",
    "{Opener}, the {adj} {things} {shift} first and the rest followed {adverb}.",
    "Our estimate of {measure} is {num} {unit}, close to the value given by {author} et al.",
    "No single survey covers {place} completely, so we combined {method} with {method2}.",
    "What remains open is whether {cause} can act on {things} directly or through {measure}.",
)
_HEADINGS = (
    "Materials and methods", "Study area", "Results", "Discussion",
    "Conclusions", "Data and sources", "Earlier work", "Limits of the survey", "Sampling design",
    "What the records show", "Effects of {cause}", "Changes in {measure}",
    "Comparison with {place}", "Evidence from {method}", "Recommendations", "Next steps",
)  # fmt: skip
_TITLES = (
    "Changes in {measure} of {things} after {cause}",
    "The effect of {cause} on {things}: evidence from {place}",
    "Measuring {measure} with {method}: a field comparison",
    "{Things} of {place}: a ten-year survey",
    "{Method} for the study of {things}",
)
_CAPTIONS = (
    "{Measure} of {things} in {place}",
    "{Measure} against {measure2}, {year} to {year2}",
    "Effect of {cause} on {measure}",
    "{Measure} estimated by {method}",
    "Mean {measure} at {n} sites in {place}, with {measure2} for comparison",
)
_ITEMS = (
    "Record {measure} at each visit, with a note of {cause} where needed.",
    "Compare {things} in {place} with the {adj} ones elsewhere.",
    "Use {method} again after {n} weeks, or sooner if {measure} changes {adverb}.",
    "Keep a separate sheet for {measure2}; the two series are merged later.",
    "Leave out sites with reports of {cause} in the past {n} days.",
    "Check the result of {method} against {method2} before publication.",
)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes about one subject; every text is drawn from `rng`, so the order of calls matters."""

    subject: Subject
    rng: Random

    def _fill(self, template: str) -> str:
        rng, subject = self.rng, self.subject
        measure, measure2 = rng.sample(subject.measures, 2)
        cause, cause2 = rng.sample(subject.causes, 2)
        method, method2 = rng.sample(subject.methods, 2)
        things, opener = rng.choice(subject.things), rng.choice(_OPENERS)
        year, small = rng.randint(1962, 2009), rng.randint(3, 19)
        words = {
            "opener": opener, "Opener": opener,
            "measure": measure, "Measure": _capital(measure), "measure2": measure2,
            "cause": cause, "Cause": _capital(cause), "cause2": cause2,
            "method": method, "Method": _capital(method), "method2": method2,
            "things": things, "Things": _capital(things),
            "place": rng.choice(subject.places), "unit": rng.choice(subject.units),
            "adj": rng.choice(_ADJECTIVES), "adverb": rng.choice(_ADVERBS),
            "shift": rng.choice(_SHIFTS), "author": rng.choice(_SURNAMES),
            "num": f"{rng.uniform(0.2, 48):.1f}", "pct": str(rng.randint(6, 84)),
            "year": str(year), "year2": str(year + rng.randint(2, 14)),
            "n": str(small), "n2": str(small + rng.randint(4, 60)),
        }  # fmt: skip
        return template.format_map(words)

    def paragraph(self, sentences: int) -> str:
        """A paragraph of `sentences` sentences, none of them built alike."""
        templates = self.rng.sample(_TEMPLATES, min(sentences, len(_TEMPLATES)))
        return " ".join(self._fill(template) for template in templates)

    def title(self) -> str:
        return self._fill(self.rng.choice(_TITLES))

    def headings(self, count: int) -> tuple[str, ...]:
        """`count` different section headings in the order that a paper would have them."""
        picked = sorted(self.rng.sample(range(len(_HEADINGS)), count))
        return tuple(_capital(self._fill(_HEADINGS[index])) for index in picked)

    def caption(self) -> str:
        return self._fill(self.rng.choice(_CAPTIONS))

    def items(self, count: int) -> tuple[str, ...]:
        """List items of one or two lines."""
        return tuple(self._fill(text) for text in self.rng.sample(_ITEMS, min(count, len(_ITEMS))))

    def name(self) -> str:
        """A person, as in a list of authors: `R. Kowal`."""
        return f"{self.rng.choice('ABCDEFGHJKLMNPRSTW')}. {self.rng.choice(_SURNAMES)}"

    def reference(self) -> str:
        """One bibliography entry without its number."""
        rng = self.rng
        names = rng.sample(_SURNAMES, rng.randint(1, 3))
        authors = ", ".join(f"{name} {rng.choice('ABCDEFGHJKLMNPRSTW')}." for name in names)
        first = rng.randint(1, 640)
        journal = rng.choice(SUBJECTS).journal
        return (
            f"{authors} {self.title()}. {journal}, {rng.randint(1984, 2023)}, "
            f"{rng.randint(2, 71)}({rng.randint(1, 6)}): {first}\u2013{first + rng.randint(6, 28)}."
        )
