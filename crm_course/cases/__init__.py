"""Cases: what people discuss, in roles, with figures that they have counted themselves.

automotive         a 4S dealer: who is lost, who is only late, who sits in another station's file
telecom            who signs, who pays, who calls: churn at four levels, and whom a call can keep
trade_credit       who may owe how much: a year of each shop, limits played again, a scorecard
retail_grading     400 shops graded A to E: what a quota hides, what is chance, what borders cost
appliance_service  five measures begun on one day: which one helped, and in which order
"""
