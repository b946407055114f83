"""Where the firm should go, and with which customers.

segmentation   which groups customers fall into, and which of them are worth a visit
value_matrix   who pays for whom, and who could bring more
crm_strategy   where the next yuan goes: winning customers or keeping them
growth_matrix  loyalty, expansion, acquisition and what they earn together
"""
