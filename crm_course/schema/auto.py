"""Tables of Lanting Auto: cars and their service."""

from .columns import Column, Table, customer

SEGMENTS = ("private", "key", "fleet")
STATION_NAMES = ("Blue Kiln", "Crane Gate", "Lotus Yard", "North Ferry", "Old Paper Mill",
                 "Pear Orchard", "Salt Steps", "Tea Scales", "Willow Lock")  # fmt: skip


def _station(meaning):
    return Column("station", "text", meaning, values=STATION_NAMES)


STATIONS = Table("stations", "one service station of Lanting Auto", ("station",), (), (
    _station("Name of the station; invented"),
    Column("overhead", "money", "Fixed overhead of a month, at the size of the sample", "¥", 0),
))  # fmt: skip

VEHICLES = Table("vehicles", "one vehicle serviced by Lanting Auto", ("vin",),
    ("vin", "customer_id", "sold_on", "entered_on"), (
    Column("vin", "text", "Vehicle number; invented, of no maker"),
    customer("The owner"),
    Column("segment", "text", "private; key: company cars of an industrial customer; fleet: taxis "
           "and rental cars", values=SEGMENTS),
    Column("model", "text", "Model; invented", values=("Lan S", "Lan X", "Ting Van")),
    Column("bought_here", "flag", "Bought new at Lanting"),
    Column("sold_on", "date", "Day of first sale; the age of the vehicle counts from here"),
    Column("entered_on", "date", "First day in Lanting's care: the sale, or the first visit of a "
           "vehicle bought elsewhere", truth="younger ages are not observed: delayed entry"),
))  # fmt: skip

SERVICE_VISITS = Table("service_visits", "one visit of a vehicle to a service station",
    ("visit_id",), ("vin", "visited_on", "invoice"), (
    Column("visit_id", "id", "The visit", low=1),
    Column("vin", "text", "The vehicle"),
    customer("The owner, by the vehicle; the stations knew only their own numbers"),
    _station("Station that did the work"),
    Column("owner_no", "integer", "Number of the owner in the files of this station; the same "
           "number is somebody else at another station", low=1,
           truth="one owner has one number per station visited"),
    Column("visited_on", "date", "Day of the visit",
           truth="gamma intervals around the service interval, until the vehicle is lost"),
    Column("km", "integer", "Mileage", "km", 0),
    Column("parts", "money", "Parts on the invoice", "¥", 0,
           truth="rise by a tenth per year of age"),
    Column("invoice", "money", "Labour and parts", "¥", 0),
    Column("gross_profit", "money", "Gross profit of service and parts", "¥", 0),
))  # fmt: skip

TRUTH_VEHICLES = Table("truth_vehicles", "one vehicle serviced by Lanting Auto", ("vin",), (), (
    Column("vin", "text", "The vehicle"),
    customer("The owner"),
    Column("hazard", "number", "Chance of being lost per month, within the warranty", "per month",
           0, decimals=6, truth="falls with satisfaction; x after_warranty from age 36 on"),
    Column("age_entered", "number", "Age when entering Lanting's care", "months", 0, decimals=2),
    Column("age_lost", "number", "Age at which it goes elsewhere for good, observed or not",
           "months", 0, decimals=2),
    Column("lost", "flag", "Lost before the end of observation"),
))  # fmt: skip

TABLES = (STATIONS, VEHICLES, SERVICE_VISITS, TRUTH_VEHICLES)
