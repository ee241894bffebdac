"""Who is meant where others of the same sort belong to other places or people: the harbour office of Ostrey, that of Velt."""

import pytest

from tests.extraction.reading import read, reported

QUAYS = "Fog closed the ferry line on Monday. The harbour office in Oldmarket opened a second quay."

OF_ANOTHER = [
    (
        QUAYS,
        "Two boats are aground, the harbour office of Ostrey said.",
        "harbour office of Ostrey",
    ),
    (QUAYS, "The harbour office of Ostrey said two boats are aground.", "harbour office of Ostrey"),
    (
        QUAYS,
        "“Two boats are aground,” the harbour office of Ostrey said.",
        "harbour office of Ostrey",
    ),
    (
        QUAYS,
        "The harbour office of Ostrey told Radio Kelm that two boats are aground.",
        "harbour office of Ostrey",
    ),
    (
        QUAYS,
        "According to the harbour office of Ostrey, two boats are aground.",
        "harbour office of Ostrey",
    ),
    (QUAYS, "Ostrey's harbour office said two boats are aground.", "Ostrey's harbour office"),
    (QUAYS, "Two boats are aground, Ostrey's harbour office said.", "Ostrey's harbour office"),
    (
        QUAYS,
        "Ostrey's harbour office told Radio Kelm that two boats are aground.",
        "Ostrey's harbour office",
    ),
    (
        "A boat left Oldmarket on Sunday. Oldmarket is the busiest port on the coast.",
        "Two boats are aground, the harbour office of Ostrey said.",
        "harbour office of Ostrey",
    ),
    (
        "Oldmarket said on Sunday that its quay was full. Ships were sent away.",
        "Two boats are aground, the harbour office of Ostrey said.",
        "harbour office of Ostrey",
    ),
    (
        "The town of Oldmarket said on Sunday that its quay was full.",
        "The town of Ostrey said its own quay was empty.",
        "Ostrey",
    ),
    (
        "The council of Oldmarket met on Sunday. It approved the quay.",
        "The council of Ostrey said the quay was too dear.",
        "council of Ostrey",
    ),
    (
        "The council of Oldmarket said on Sunday that the quay was safe.",
        "The quay is too dear, the council of Ostrey said.",
        "council of Ostrey",
    ),
    (
        "The police in Oldmarket arrested a man on Sunday.",
        "A second man is on the run, the police in Ostrey said.",
        "police in Ostrey",
    ),
    (
        "Police in Oldmarket arrested a man on Sunday.",
        "A second man is on the run, police in Ostrey said.",
        "police in Ostrey",
    ),
    (
        "Oldmarket police arrested a man on Sunday.",
        "A second man is on the run, Ostrey police said.",
        "Ostrey police",
    ),
    (
        "The mayor of Oldmarket opened the bridge on Sunday.",
        "The bridge is too narrow, the mayor of Ostrey said.",
        "mayor of Ostrey",
    ),
    (
        "The mayor of Oldmarket, Lena Brandt, opened the bridge on Sunday.",
        "The bridge is too narrow, the mayor of Ostrey said.",
        "mayor of Ostrey",
    ),
    (
        "The mayor of Oldmarket, Lena Brandt, opened the bridge on Sunday.",
        "Ostrey's mayor said the bridge is too narrow.",
        "Ostrey's mayor",
    ),
    (
        "Mayor Lena Brandt of Oldmarket opened the bridge on Sunday.",
        "The mayor of Ostrey told Radio Kelm that the bridge is too narrow.",
        "mayor of Ostrey",
    ),
    (
        "The hospital in Oldmarket closed its ward on Sunday.",
        "Twelve patients were moved, the hospital in Ostrey said.",
        "hospital in Ostrey",
    ),
    (
        "The hospital of Oldmarket closed its ward on Sunday.",
        "Twelve patients were moved, the hospital of Ostrey said.",
        "hospital of Ostrey",
    ),
    (
        "The university of Oldmarket published a study on Sunday.",
        "The figures are wrong, the university of Ostrey said.",
        "university of Ostrey",
    ),
    (
        "The University of Oldmarket published a study on Sunday.",
        "The figures are wrong, the University of Ostrey said.",
        "University of Ostrey",
    ),
    (
        "The fire brigade of Oldmarket was called on Sunday.",
        "Three houses burned, the fire brigade of Ostrey said.",
        "fire brigade of Ostrey",
    ),
    (
        "The fire service in Oldmarket was called on Sunday.",
        "Three houses burned, said the fire service in Ostrey.",
        "fire service in Ostrey",
    ),
    (
        "The chamber of commerce of Oldmarket wants a new road.",
        "Trade has halved, the chamber of commerce of Ostrey said.",
        "chamber of commerce of Ostrey",
    ),
    (
        "The transport ministry of Oldmark closed the border.",
        "Trucks are waiting, the transport ministry of Ostria said.",
        "transport ministry of Ostria",
    ),
    (
        "The government of Oldmark closed the border on Sunday.",
        "The government of Ostria said it would answer in kind.",
        "government of Ostria",
    ),
    (
        "The embassy of Oldmark was closed on Sunday.",
        "Nobody was hurt, the embassy of Ostria said.",
        "embassy of Ostria",
    ),
    (
        "The court of Oldmarket freed the man on Sunday.",
        "The verdict stands, the district court of Ostrey said.",
        "district court of Ostrey",
    ),
    (
        "The teachers' union of Oldmarket called a strike.",
        "The strike is illegal, the teachers' union of Ostrey said.",
        "teachers' union of Ostrey",
    ),
    (
        "The bishop of Oldmarket blessed the bells on Sunday.",
        "The bells are cracked, the bishop of Ostrey said.",
        "bishop of Ostrey",
    ),
    (
        "The weather service of Oldmark warned of storms.",
        "Winds of 120 kilometres an hour are likely, the weather service of Ostria said.",
        "weather service of Ostria",
    ),
    (
        "The waterworks of Oldmarket changed its filters.",
        "The water is clean, the waterworks of Ostrey said.",
        "waterworks of Ostrey",
    ),
    (
        "The port authority of Oldmarket raised its fees.",
        "Fees will stay, a spokesman for the port authority of Ostrey said.",
        "port authority of Ostrey",
    ),
    (
        "The port authority of Oldmarket raised its fees.",
        "Fees will stay, said the head of the port authority of Ostrey.",
        "head of the port authority of Ostrey",
    ),
    (
        "The museum in Oldmarket sold a painting.",
        "The painting is a copy, the museum in Ostrey said.",
        "museum in Ostrey",
    ),
    (
        "The farmers of Oldmarket blocked a road.",
        "The harvest is lost, the farmers of Ostrey said.",
        "farmers of Ostrey",
    ),
    (
        "Residents of Oldmarket blocked a road.",
        "The water smells, residents of Ostrey said.",
        "residents of Ostrey",
    ),
    (
        "The harbour office of Oldmarket opened a second quay. It said on Sunday that boats would be quicker.",
        "Two boats are aground, the harbour office of Ostrey said.",
        "harbour office of Ostrey",
    ),
    (
        "The Oldmarket harbour office opened a second quay.",
        "Two boats are aground, the Ostrey harbour office said.",
        "Ostrey harbour office",
    ),
]
"""What the article says before, the sentence, and its source; "The town of Ostrey" is Ostrey."""

OF_THE_SAME = [
    (
        "The harbour office of Ostrey opened a second quay. Oldmarket has none.",
        "Two boats are aground, the harbour office said.",
        "harbour office of Ostrey",
    ),
    (
        "The mayor of Ostrey, Lena Brandt, opened the bridge. Oldmarket has none.",
        "The bridge is safe, the mayor of Ostrey said.",
        "Lena Brandt",
    ),
    (
        "The mayor of Ostrey, Lena Brandt, opened the bridge. Oldmarket has none.",
        "Ostrey's mayor said the bridge is safe.",
        "Lena Brandt",
    ),
    (
        "Ostrey's police chief, Tom Lind, came on Sunday. Oldmarket sent nobody.",
        "The police chief of Ostrey told Radio Kelm that the town was quiet.",
        "Tom Lind",
    ),
    (
        "Ada Venn, the president of the United Isles, came on Monday.",
        "The crisis is over, the UI president said.",
        "Ada Venn",
    ),
    (
        "The Vorelian prime minister, Ada Venn, came on Monday.",
        "The crisis is over, the prime minister of Vorelia said.",
        "Ada Venn",
    ),
    (
        "The prime minister of Vorelia, Ada Venn, came on Monday.",
        "The Vorelian prime minister said the crisis was over.",
        "Ada Venn",
    ),
    (
        "The Norlandic prime minister, Ada Venn, came on Monday.",
        "The crisis is over, the prime minister of Norland said.",
        "Ada Venn",
    ),
    (
        "Ada Venn, mayor of Ostrey, came on Monday.",
        "The Ostrey mayor said the bridge was safe.",
        "Ada Venn",
    ),
    (
        "Police in Ostrey arrested a man on Monday.",
        "He was armed, the police in Ostrey said.",
        "olice in Ostrey",
    ),
    (
        "The Ostrey police arrested a man on Monday.",
        "He was armed, the police in Ostrey said.",
        "Ostrey",
    ),
    ("The Salt Agency raised its fees on Monday.", "Fees are low, the agency said.", "Salt Agency"),
    (
        "The Ostrey Salt Agency raised its fees on Monday.",
        "Fees are low, the agency of Ostrey said.",
        "Ostrey Salt Agency",
    ),
    (
        "Tom Lind, head of the Ostrey port authority, came on Monday.",
        "Fees are low, the head of the port authority said.",
        "Tom Lind",
    ),
    (
        "The central bank of Norland, Norbank, raised its rate.",
        "Prices will fall, the central bank of Norland said.",
        "orbank",
    ),
    (
        "Norbank raised its rate on Monday.",
        "Prices will fall, the central bank of Norland said.",
        "central bank",
    ),
    (
        "Ada Venn is Ostrey's harbour master.",
        "Two boats sank, the harbour master of Ostrey said.",
        "Ada Venn",
    ),
    (
        "Ostrey's mayor Ada Venn came on Monday. The mayor of Velt, Tom Lind, did not.",
        "The bridge is safe, the mayor of Velt said.",
        "Tom Lind",
    ),
    (
        "Ostrey's mayor Ada Venn came on Monday. The mayor of Velt, Tom Lind, did not.",
        "Velt's mayor told Radio Kelm that the bridge is safe.",
        "Tom Lind",
    ),
    (
        "The French president, Ada Venn, came on Monday.",
        "It is over, the president of France said.",
        "Ada Venn",
    ),
    (
        "The Dutch king, Tom Lind, came on Monday.",
        "It is over, the king of the Netherlands said.",
        "Tom Lind",
    ),
]


@pytest.mark.parametrize(("before", "sentence", "source"), OF_ANOTHER)
def test_what_belongs_to_another_is_another(before, sentence, source):
    speaker = reported(f"{before}\n\n{sentence}")[-1].speaker
    assert source in speaker


@pytest.mark.parametrize(("before", "sentence", "name"), OF_THE_SAME)
def test_what_belongs_to_the_same_is_the_same(before, sentence, name):
    speaker = reported(f"{before}\n\n{sentence}")[-1].speaker
    assert name in speaker


def test_words_of_a_source_are_not_said_by_nobody():
    (claim,) = read("Three men drowned, said the police.", "both")
    assert (claim.content, claim.speaker) == ("Three men drowned", "police")
