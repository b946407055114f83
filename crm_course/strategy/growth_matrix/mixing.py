"""What a member is worth with the friends she brings: one direction, a mix, one after the other."""

from itertools import combinations

import numpy as np
import pandas as pd

from crm_course import schema
from crm_course.locale import _

DISCOUNT = 0.10  # a year
# ¥ for each member of today, once, to set a direction up; invented
SET_UP = {"loyalty": 102.0, "expansion": 84.0, "acquisition": 88.0}
NOTHING, EVERYTHING = "nothing", "all three"
ORDER = ("loyalty", "acquisition", "expansion")  # the best for one a year
PAIR_FIRST = (("loyalty", "acquisition"), "expansion")


def growth_matrix():
    """Return the four directions of growth by customers (rows) and offer (columns).

    Source: Ansoff (1957), with customers in the place of markets.
    """
    return pd.DataFrame(
        [["loyalty", "expansion"], ["acquisition", "diversification"]],
        index=["existing customers", "new customers"],
        columns=["existing offer", "new offer"],
    )


def member_value(margin, stay, friends, *, discount_rate=DISCOUNT):
    """Return what one member is worth, with her friends and their friends, in ¥.

    V = m / (1 - (s + f) / (1 + d)). margin m: ¥ a year, the first at once; stay s: chance of
    being there a year later; friends f: new members whom one brings in a year, each of whom goes
    on like her. Numbers or columns. Raises ValueError where s + f reaches 1 + d.

    >>> round(float(member_value(100, 0.60, 0.05)), 2)
    244.44
    """
    growing = np.asarray(stay) + np.asarray(friends)
    if not np.all((growing >= 0) & (growing < 1 + discount_rate)):
        raise ValueError(
            f"stay + friends must be below {1 + discount_rate:g}, got {np.max(growing):g}. "
            "A club that outgrows the discount has no finite worth."
        )
    return margin / (1 - growing / (1 + discount_rate))


def club_rates(trial):
    """Return group -> margin (¥ a year), stay, friends (both per member and year).

    trial (group, members, stayed, friends, margin): one row for each group.
    """
    needed = ["group", "members", "stayed", "friends", "margin"]
    schema.require(trial, needed, name="trial")
    counted = trial.set_index("group")
    return pd.DataFrame({
        "margin": counted["margin"],
        "stay": counted["stayed"] / counted["members"],
        "friends": counted["friends"] / counted["members"],
    })  # fmt: skip


def trial_table(trial):
    """Return group -> worth of a member, more (than with nothing), cost, net, all in ¥.

    standard_error: of worth, from binomial staying and Poisson friends; the luck of the margin is
    small beside it and left out.
    """
    rates = club_rates(trial)
    worth = member_value(rates["margin"], rates["stay"], rates["friends"])
    more = worth - worth[NOTHING]
    cost = pd.Series({group: sum(SET_UP[each] for each in _parts(group)) for group in rates.index})
    error = worth**2 / (rates["margin"] * (1 + DISCOUNT)) * growing_error(trial)
    return pd.DataFrame({
        "worth": worth, "more": more, "cost": cost, "net": more - cost, "standard_error": error,
    })  # fmt: skip


def growing_error(trial):
    """Return group -> standard error of stay + friends, from binomial staying, Poisson friends."""
    rates, members = club_rates(trial), trial.set_index("group")["members"]
    return np.sqrt((rates["stay"] * (1 - rates["stay"]) + rates["friends"]) / members)


def _parts(mix):
    """The directions in the name of a mix."""
    if mix == EVERYTHING:
        return list(SET_UP)
    return [] if mix == NOTHING else mix.split(" + ")


def mix_table(rates, *, price=1.0, friends=1.0):
    """Return mix -> margin, stay, friends, worth, cost, net (¥ a member), for all eight mixes.

    rates: as from `club_rates`; what a direction alone adds to the three rates of `nothing` is
    added up, then the member is valued. price: times what setting up costs; friends: times what
    acquisition adds to the friends.
    """
    alone = _effects(rates)
    alone.loc["acquisition", "friends"] *= friends
    mixes = [mix for size in range(len(SET_UP) + 1) for mix in combinations(SET_UP, size)]
    holds = np.array([[float(each in mix) for each in SET_UP] for mix in mixes])
    table = pd.DataFrame(
        rates.loc[NOTHING, alone.columns].to_numpy() + holds @ alone.to_numpy(),
        index=pd.Index([_name(mix) for mix in mixes], name="mix"),
        columns=alone.columns,
    )
    table["worth"] = member_value(table["margin"], table["stay"], table["friends"])
    table["cost"] = price * holds @ list(SET_UP.values())
    return table.assign(net=table["worth"] - table.loc[NOTHING, "worth"] - table["cost"])


def _effects(rates):
    """What each direction alone adds to the rates of `nothing`."""
    missing = [group for group in (NOTHING, *SET_UP) if group not in rates.index]
    if missing:
        raise ValueError(f"rates must have the rows of single directions, got no {missing}. "
                         "Give them as club_rates makes them.")  # fmt: skip
    columns = ["margin", "stay", "friends"]
    return rates.loc[list(SET_UP), columns] - rates.loc[NOTHING, columns]


def _name(mix):
    if len(mix) == len(SET_UP):
        return EVERYTHING
    return " + ".join(mix) or NOTHING


def best_mix(table):
    """Return the mix of `mix_table` with the largest net; `nothing` where none is above 0."""
    return table["net"].idxmax()


def net_by_year(rates, *, years=15):
    """Return year 0 to `years` -> what each mix has earned by then beyond nothing, ¥ a member.

    Year 0: the margin of the first year is in, and what setting up cost is paid.
    """
    table = mix_table(rates)
    year = np.arange(years + 1)[:, None]
    growing = (table["stay"] + table["friends"]).to_numpy() / (1 + DISCOUNT)
    earned = (table["margin"].to_numpy() * growing**year).cumsum(axis=0)
    net = earned - earned[:, :1] - table["cost"].to_numpy()
    return pd.DataFrame(net, index=pd.Index(year.ravel(), name="year"), columns=table.index)


def mix_risk(rates, *, chance):
    """Return mix -> expected, spread (standard deviation), chance_of_loss; ¥ a member, net.

    chance: that a direction lasts, each for itself; one that fails adds nothing and was paid.

    >>> rates = pd.DataFrame({"margin": [100.0, 100, 130, 100], "stay": [0.6, 0.72, 0.6, 0.6],
    ...     "friends": [0.05, 0.05, 0.05, 0.15]}, index=["nothing", *SET_UP])
    >>> mix_risk(rates, chance=0.9).loc["all three"].round(2).tolist()
    [50.67, 89.59, 0.27]
    """
    if not 0 <= chance <= 1:
        raise ValueError(f"chance must be from 0 to 1, got {chance}. Write 0.9 for 90 %.")
    table = mix_table(rates)
    more = (table["worth"] - table.loc[NOTHING, "worth"]).to_dict()
    rows = {mix: _moments(more, cost, _parts(mix), chance) for mix, cost in table["cost"].items()}
    return pd.DataFrame(rows, index=["expected", "spread", "chance_of_loss"]).T.rename_axis("mix")


def _moments(more, cost, parts, chance):
    """Mean, standard deviation and chance of loss over what may last of the parts of a mix.

    more: mix -> what it adds to the worth; cost: of setting up all parts.
    """
    lasting = _lasting(parts, chance)
    weight = np.array([each for _kept, each in lasting])
    net = np.array([more[_name(kept)] for kept, _each in lasting]) - cost
    mean = (weight * net).sum()
    return mean, np.sqrt((weight * (net - mean) ** 2).sum()), weight[net < 0].sum()


def _lasting(parts, chance):
    """Every choice of the parts that may last, with its probability."""
    choices = [list(kept) for size in range(len(parts) + 1) for kept in combinations(parts, size)]
    return [
        (kept, chance ** len(kept) * (1 - chance) ** (len(parts) - len(kept))) for kept in choices
    ]


def step_by_step(rates, *, steps=ORDER, chance=1.0):
    """Return what it earns to take one step a year, going on while all that was begun works.

    steps: a direction, or some that are begun together; chance: that a direction works, each for
    itself, which a year shows -> ¥ a member of the first year, net, discounted to it. Setting up
    always costs for as many members as there were then.
    """
    table = mix_table(rates)
    total, people, reached, done = -table.loc[NOTHING, "worth"], 1.0, 1.0, []
    for step in steps:
        begun = [step] if isinstance(step, str) else list(step)
        *failing, (_all, works) = _lasting(begun, chance)
        stopped = sum(each * table.loc[_mix(done + kept), "worth"] for kept, each in failing)
        done += begun
        row, cost = table.loc[_mix(done)], sum(SET_UP[each] for each in begun)
        total += reached * (people * (stopped + works * row["margin"]) - cost)
        people *= row["stay"] + row["friends"]
        reached *= works / (1 + DISCOUNT)
    return float(total + reached * people * table.loc[_mix(done), "worth"])


def _mix(parts):
    return _name([each for each in SET_UP if each in parts])


def policy_money(rates, *, chance=1.0):
    """Return four policies -> what they earn on average, ¥ a member of today, net.

    chance: that a direction lasts, each for itself; one that fails adds nothing and was paid.
    """
    risk = mix_risk(rates, chance=chance)["expected"]
    return pd.Series({
        _("one a year, while they work"): step_by_step(rates, chance=chance),
        _("loyalty and acquisition"): risk[_mix(["loyalty", "acquisition"])],
        _("these two, then the machines"): step_by_step(rates, steps=PAIR_FIRST, chance=chance),
        _("all three at once"): risk[EVERYTHING],
    })  # fmt: skip


def value_with_guests(margin, stay, friends, *, guest_stay, guest_friends=0.05):
    """Return what a member is worth whose friends are of another kind than she, in ¥.

    guest_stay: chance that such a friend stays a year; guest_friends: whom one brings in a year,
    of the friends' kind. The margin is the same.

    >>> round(float(value_with_guests(100, 0.6, 0.05, guest_stay=0.6)), 2)
    244.44
    """
    for name, chance in {"stay": stay, "guest_stay": guest_stay}.items():
        if not np.all((np.asarray(chance) >= 0) & (np.asarray(chance) <= 1)):
            raise ValueError(f"{name} must be from 0 to 1, got {chance}. Write 0.6 for 60 %.")
    guest = member_value(margin, guest_stay, guest_friends)
    return (margin + friends * guest / (1 + DISCOUNT)) / (1 - stay / (1 + DISCOUNT))


def value_by_year(margin, stay, friends, *, years=10):
    """Return year -> own, friends: what a member brings herself and what all who came by her do.

    In ¥ of that year, discounted to today; `friends` counts friends of friends too.
    """
    year = np.arange(years + 1)
    own = margin * (stay / (1 + DISCOUNT)) ** year
    everybody = margin * ((stay + friends) / (1 + DISCOUNT)) ** year
    index = pd.Index(year, name="year")
    return pd.DataFrame({"own": own, "friends": everybody - own}, index=index)
