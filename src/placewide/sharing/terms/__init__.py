"""The words of sharing: what is asked, what is observed, what was agreed, what the law says, what was decided.

Every list is a tuple or a set, every date a whole day, both ends of a period included. The closed lists of words stand
in ``law/decision-case.schema.json``. Only the standard library is imported.
"""
