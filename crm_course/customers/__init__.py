"""What customers do once they are customers.

retention   who stays, for how long, and what makes them stay
"""
