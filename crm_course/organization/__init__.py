"""The people behind the customers: what they share, what they do, what it takes.

culture   whether culture moves customers, and how one would measure it
process   how long a case takes, how much of that is work, and what would shorten it
"""
