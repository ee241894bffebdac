"""Texts made to be slow, each by its size; nothing in them may cost more than its length."""

from collections.abc import Callable, Mapping

TIMES = 10

TEXTS: Mapping[str, Callable[[int], str]] = {
    "100,000 quotation marks": lambda size: '"' * (10_000 * size),
    "a sentence of 200,000 words": lambda size: "the dam leaks and " * (5_000 * size),
    "“He said that” 15,000 times": lambda size: "He said that " * (1_500 * size),
    "opening marks": lambda size: "“ " * (10_000 * size),
    "marks around words": lambda size: '"a" ' * (400 * size),
    "single marks": lambda size: "’tis ‘a " * (300 * size),
    "said": lambda size: "said " * (500 * size),
    "one word": lambda size: "a" * (100_000 * size),
    "colons": lambda size: "A: " * (500 * size),
    "lines": lambda size: "A: b\n" * (200 * size),
    "empty lines": lambda size: "\n" * (100_000 * size) + "It rained.",
    "a name that speaks": lambda size: "Ada said that " * (400 * size),
    "names": lambda size: "Oona Harl and " * (300 * size),
    "pronouns": lambda size: "She said it. He said it. " * (100 * size),
    "quotations over paragraphs": lambda size: "“We saw smoke.\n" * (200 * size),
    "full stops": lambda size: "A. " * (500 * size),
    "spaces": lambda size: "It" + " " * (100_000 * size) + "rained.",
    "brackets": lambda size: "(" * (2_000 * size),
    "datelines": lambda size: ("ALDMERE " * 50 + "\n") * (10 * size),
    "an article": lambda size: (
        "Police said nine boats sank. “It is over,” Oona Harl said.\n" * (40 * size)
    ),
    "German marks": lambda size: "der die das und ist „ nicht mit " * (3_000 * size),
    "Chinese": lambda size: "大坝已经关闭" * (5_000 * size),
}
