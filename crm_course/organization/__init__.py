"""The people behind the customers: what they share, what they do, what it takes.

culture      whether culture moves customers, and how one would measure it
roles        who answers for what, how long a case looks for its owner, what a bonus moves
process      how long a case takes, how much of that is work, and what would shorten it
training     what a course changes, on four levels, and for whom it pays
performance  six indicators, what their definitions do to them, and five ways to find out why
"""
