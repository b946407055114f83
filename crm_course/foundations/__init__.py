"""What a student needs first: what CRM is, which numbers to believe, what a customer is worth.

what_is_crm         a program, a process and a habit
reading_claims      what stands behind a famous number
customer_economics  what a customer is worth, and what keeping one may cost
customer_view       which records of six systems are one person
"""
