"""The invented Lanting group: behaviour from keyed streams, names from pools, truth on request.

streams    random numbers that depend on (seed, table, column, block) and on nothing else
scenario   every parameter of the world, and the null world without links
processes  purchase, spend, season, satisfaction and leaving, in pure numpy
arrivals   Pareto/NBD, thinned and self-exciting events, usage, choice: for chapters, no table
durations, recorded   hazards that jump; cents, dates and ratings as files hold them
responses   how people answer questionnaires
customers, home, mobile, auto, wholesale, organization, truth   the tables of one block
records, portfolio, page_test, call_centre, experiments, citations   those of the whole group
complaints, repairs, conversations, surveys, accounts, kpis, contracts   more of Home and Mobile
world      a table of any number of customers
pools, provider   names and places, and texts of the trade, made with Faker
files, texts, documents   how tables are stored, and the words that describe them
recipe, making   a world on disk: any number of workers, whole or not at all, resumed when killed
parts, formats, manifest, lock   its blocks, its final form, what stands in it, who works on it
commands   crm-course data

Nothing here imports a topic of the course: a truth never proves itself.
"""
