"""Parameters of Lanting Auto."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Fleet:
    """Vehicles by segment (private, key, fleet): how many, how far they go, how loyal they are.

    vehicles: mean per owner; interval: months between services; delay: share of the
    remaining time over which further vehicles come; loyalty: factor on the hazard
    """

    private_vehicles: tuple = (0.85, 0.12, 0.03)
    key_share: float = 1 / 3
    key_vehicles: float = 9.0
    fleet_vehicles: float = 19.0
    vehicles_shape: float = 2.0
    bought_here: float = 0.6
    age_bought_elsewhere: float = 60.0
    interval: tuple = (6.0, 3.0, 1.35)
    interval_spread: float = 0.2
    interval_shape: float = 16.0
    delay: float = 0.5
    service_km: float = 10_000.0
    loyalty: tuple = (1.0, 0.8, 0.6)


@dataclass(frozen=True)
class Leakage:
    """Monthly hazard that a vehicle is serviced elsewhere for good; it jumps with the warranty.

    hazard x loyalty of the segment x exp(-satisfaction theta), x after_warranty from month 36 on
    """

    hazard: float = 0.016
    warranty: float = 36.0
    after_warranty: float = 2.1
    satisfaction: float = 0.3


@dataclass(frozen=True)
class Workshop:
    """Where owners go, and what a visit brings in ¥; parts rise with the age of the vehicle."""

    share: tuple = (0.18, 0.16, 0.14, 0.12, 0.11, 0.10, 0.08, 0.06, 0.05)
    at_home: float = 0.75
    overhead: tuple = (
        114_000, 124_000, 85_000, 80_000, 90_000, 62_000, 57_000, 55_000, 42_000,
    )  # fmt: skip
    labour: float = 260.0
    parts: float = 420.0
    ageing: float = 0.10
    shape: float = 4.0
    labour_profit: float = 0.55
    parts_profit: float = 0.30


@dataclass(frozen=True)
class Auto:
    """Everything that Auto adds to the world."""

    fleet: Fleet = field(default_factory=Fleet)
    leakage: Leakage = field(default_factory=Leakage)
    workshop: Workshop = field(default_factory=Workshop)


NULL = {"leakage": Leakage(after_warranty=1, satisfaction=0)}
