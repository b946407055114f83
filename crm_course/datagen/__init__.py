"""The invented Lanting group: behaviour from keyed streams, names from pools, truth on request.

streams    random numbers that depend on (seed, table, column, block) and on nothing else
scenario   every parameter that a scenario can change, and the null world without links
processes  purchase, spend, season, satisfaction and leaving, in pure numpy
durations, chains, responses   hazards that jump; states that follow each other; questionnaires
arrivals   Pareto/NBD, thinned and self-exciting events, usage, choice: no table is made with them
recorded   cents, dates and ratings as files hold them; tables that are made once
world      a table of any number of customers

Tables of the customers of one block:
customers, identities, truth, records, portfolio, page_test   of the whole group
mobile, accounts, surveys   Mobile (surveys: Home too)
home, complaints, repairs   Home
auto   Auto
credit, deals   Wholesale

Tables that are made once, whatever the customers (and a few in the modules above: stations, reps,
the truth about features, the parameters):
call_centre, experiments, citations   of the whole group
kpis, contracts   Mobile
conversations   Home
grading, scorecards   Wholesale
culture, roles, training   the group's own people
wholesale, organization   gather the tables of their modules

pools, provider   names and places, and texts of the trade, made with Faker
files, texts, documents   how tables are stored, and the words that describe them
recipe, making   a world on disk: any number of workers, whole or not at all, resumed when killed
parts, formats, manifest, lock   its blocks, its final form, what stands in it, who works on it
commands   crm-course data

Nothing here imports a topic of the course: a truth never proves itself.
"""
