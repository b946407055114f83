"""What is said, and how: levels, relationships, facts and opinions, benefits, the four styles."""

import pandas as pd


def levels():
    """Return the five levels of communication with a line of a call on each: level, name, line."""
    return pd.DataFrame(
        [(1, "greeting", "Good morning. Did you find us easily?"),
         (2, "facts", "It is 45 centimetres wide."),
         (3, "ideas and opinions", "I would put it beside the sink."),
         (4, "beliefs", "A thing should last twenty years."),
         (5, "values", "I want to leave no rubbish to my children.")],
        columns=["level", "name", "line"],
    )  # fmt: skip


def relationships():
    """Return the four relationship types by closeness and interdependence: kind, two columns.

    The names are of the source, the two axes a reconstruction.
    """
    return pd.DataFrame(
        [("outsider", "distant", "little"), ("friend", "close", "little"),
         ("supplier", "distant", "much"), ("partner", "close", "much")],
        columns=["kind", "people are", "firms need each other"],
    )  # fmt: skip


def statements():
    """Return ten sentences from sales calls, each a fact or an opinion: statement, kind."""
    spoken = {
        "It uses 9.5 litres for a load.": "fact",
        "It is pleasantly quiet.": "opinion",
        "All who have it have bought it again.": "fact",
        "You will save money with it.": "opinion",
        "The other offer costs ¥200 more.": "fact",
        "It suits your kitchen.": "opinion",
        "Nobody should have to wash up on a Sunday.": "opinion",
        "Last year more callers chose white than slate.": "fact",
        "Without a dishwasher a family cannot live.": "opinion",
        "Yours was sent on Thursday.": "fact",
    }
    return pd.DataFrame(spoken.items(), columns=["statement", "kind"])


def selling_points():
    """Return six sentences about a dishwasher: sentence, kind (feature, advantage, benefit)."""
    spoken = {
        "Its door does not show fingerprints.": "advantage",
        "It has a timer for a whole day.": "feature",
        "You come home from the night shift to clean plates.": "benefit",
        "The door is of brushed steel.": "feature",
        "You need not wipe it before your guests come.": "benefit",
        "It can run while power is cheap.": "advantage",
    }
    return pd.DataFrame(spoken.items(), columns=["sentence", "kind"])


def benefits():
    """Return thing, feature, advantage, benefit of the slide's two things and of a dishwasher."""
    return pd.DataFrame(
        [("pen, for a bank counter", "its barrel is transparent", "you see how much ink is left",
          "you never run dry in front of a client"),
         ("car seat", "it reclines to 180°", "one can lie down in it",
          "you arrive rested after a long trip"),
         ("dishwasher", "it is 45 cm wide", "it fits where a cupboard was",
          "your table stays where it is")],
        columns=["thing", "feature", "advantage", "benefit"],
    )  # fmt: skip


def benefit_sentence(feature, advantage, benefit):
    """Join feature, advantage and benefit into one sentence to say.

    feature: what the thing is or has; advantage: what that does; benefit: what it spares or gives
    this customer, who must appear in it. Raises ValueError for an empty part, or a benefit without
    the word *you* or *your*.

    >>> benefit_sentence("it is 45 cm wide", "it fits beside the sink", "you keep your table")
    'It is 45 cm wide, so it fits beside the sink: you keep your table.'
    """
    parts = {"feature": feature, "advantage": advantage, "benefit": benefit}
    for name, words in parts.items():
        if not isinstance(words, str) or not words.strip(" ."):
            raise ValueError(f"{name} must be a few words, got {words!r}. Write them as you speak.")
    feature, advantage, benefit = (words.strip(" .") for words in parts.values())
    if not {"you", "your", "yours"} & set(benefit.lower().replace(",", " ").split()):
        raise ValueError(
            f"benefit must speak of the customer, got {benefit!r}. Say what it does for *you*."
        )
    return f"{feature[0].upper()}{feature[1:]}, so {advantage}: {benefit}."


def styles():
    """Return the four styles: style, chinese, approach, social_style.

    approach: the source's one character; social_style: about the same in Merrill and Reid (1981).
    """
    return pd.DataFrame(
        [("Thinker", "分析论", "说 tell, explain", "analytical"),
         ("Sensor", "行动论", "诱 show what is to be had", "driver"),
         ("Intuitor", "直观论", "赞 praise the idea", "expressive"),
         ("Feeler", "人际论", "动 move, speak of people", "amiable")],
        columns=["style", "chinese", "approach", "social_style"],
    )  # fmt: skip


TRAITS = {
    "Sensor": (
        "practical, keeps to what is", "acts first", "goes to the heart of a matter",
        "says at once what is wanted", "likes to lead", "likes people who get on with it",
        "looks at results", "does not brood over consequences", "plans little",
        "likes to compete", "prefers what has proved itself", "distrusts inspiration",
    ),
    "Feeler": (
        "judges personally, by values", "seeks harmony", "loses track of time",
        "needs recognition", "is moved by what others think", "likes to talk, shows feelings",
        "likes to be busy",
    ),
    "Thinker": (
        "goes step by step", "wants data", "weighs with care",
        "under pressure: over-careful, rigid",
    ),
    "Intuitor": (
        "thinks in ideas", "looks far ahead", "likes what is new", "overlooks details",
    ),
}  # fmt: skip


def traits(style):
    """Return what is said of a style, one trait in a row; Thinker and Intuitor are reconstructed.

    style: Thinker, Sensor, Intuitor or Feeler.
    """
    if style not in TRAITS:
        raise ValueError(f"style must be one of {', '.join(TRAITS)}, got {style!r}. Choose one.")
    return pd.DataFrame({"trait": TRAITS[style]})


def home_buyers():
    """Return four buyers of a home by style: style, looks_for, says, asks, outcome."""
    return pd.DataFrame(
        [("Thinker", "what can be compared", "Let me study it.", "the figures",
          "decides late"),
         ("Sensor", "what works", "I take it.", "nobody", "decides on the spot"),
         ("Intuitor", "the image, the new", "Just what I dreamed of!", "the own picture",
          "all or nothing"),
         ("Feeler", "who will live there", "What will my parents say?", "parents, friends",
          "decides with them")],
        columns=["style", "looks_for", "says", "asks", "outcome"],
    )  # fmt: skip
