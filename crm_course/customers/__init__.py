"""What customers do once they are customers.

retention      who stays, for how long, and what makes them stay
churn          who leaves, what they say and why, and whom a call keeps
customer_care  how long people wait, how many should answer, what an agent may decide
complaints     who complains, what silence costs, and which answer keeps a customer
"""
