"""How the firm deals with its customers and partners.

sales_pipeline     what will be sold, by whom, at which price
communication      what a call says about its caller, and whether a style pays
partner_scorecard  which partner is best, by which weights, and who says so
"""
