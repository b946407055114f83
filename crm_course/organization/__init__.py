"""The people behind the customers: what they share, what they do, what it takes.

culture   whether culture moves customers, and how one would measure it
"""
