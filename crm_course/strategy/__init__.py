"""Where the firm should go, and with which customers.

value_matrix   who pays for whom, and who could bring more
crm_strategy   where the next yuan goes: winning customers or keeping them
"""
