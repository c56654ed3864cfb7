"""Time, sides and roles: questions that are answered by how facts stand to each other, and not by one fact alone.

In: the question and the index of a whole story. Out: a `chronology.RelationAnswer` (facts in order, a note), None where it is no
such question. `requests` and `disputes` read the question's form, and `periods` how long before or after. `topics` tells what its
words stand for, `chronology` what came when, `sides` and `stances` who spoke for or against what, and who says the contrary of
what somebody says. `roles` answers who has a role, by
`offices`, and who came before or after whom in one, by `successions`.
"""
