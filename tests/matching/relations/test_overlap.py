"""How much two statements have in common, from which their nearness is guessed where no vectors are known."""

from claims.matching.relations.overlap import Overlap


def test_each_name_of_both_makes_them_nearer_up_to_three():
    near = [Overlap(0.5, 0.5, 3, names, (), (), ()).closeness for names in range(6)]
    assert near[0] < near[1] < near[2] < near[3]
    assert near[3] == near[4] == near[5]
