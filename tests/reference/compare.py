"""Holds scn's statistics, read as JSON, against SciPy, NumPy and SALib."""

import json
import sys

import numpy
from SALib.analyze import sobol as salib
from scipy import stats
from scipy.stats import qmc

found = json.load(sys.stdin)


def hold(what, ours, theirs, tolerance):
    ours, theirs = numpy.asarray(ours, float), numpy.asarray(theirs, float)
    off = numpy.max(numpy.abs(ours - theirs) / numpy.maximum(1.0, numpy.abs(theirs)))
    print(f"{what}: {ours.size} numbers, off by {off:.1e} at most")
    assert off <= tolerance, f"{what} is off by {off}, more than {tolerance}"


def reference(name, numbers):
    if name == "uniform":
        low, high = numbers
        return stats.uniform(low, high - low)
    if name == "triangular":
        low, mode, high = numbers
        return stats.triang((mode - low) / (high - low), low, high - low)
    if name == "pert":
        low, mode, high = numbers
        share = (mode - low) / (high - low)
        return stats.beta(1 + 4 * share, 1 + 4 * (1 - share), low, high - low)
    if name == "normal":
        return stats.norm(*numbers)
    if name == "lognormal":
        mu, sigma = numbers
        return stats.lognorm(sigma, scale=numpy.exp(mu))
    mean, sd, low, high = numbers
    return stats.truncnorm((low - mean) / sd, (high - mean) / sd, mean, sd)


p, z = numpy.array(found["normal"]).T
hold("normal quantiles", z, stats.norm.ppf(p), 1e-14)

for marginal in found["marginals"]:
    p, x = numpy.array(marginal["points"]).T
    hold(f"{marginal['name']} {marginal['numbers']}", x, reference(marginal["name"], marginal["numbers"]).ppf(p), 1e-12)

points = qmc.Sobol(256, scramble=False).random(1024)
for column in found["sobol"]:
    hold(f"sobol dimension {column['dimension']}", column["points"], points[:, column["dimension"]], 1e-8)

ranks = found["ranks"]
hold("rank correlation", ranks["correlation"], stats.spearmanr(ranks["left"], ranks["right"]).statistic, 1e-12)

parts = 1 / (3 * (1 + numpy.array([0, 1, 4.5, 9, 99, 99])) ** 2)
variance = numpy.prod(1 + parts) - 1
known = {
    "ishigami": ([0.3139, 0.4424, 0.0], [0.5576, 0.4424, 0.2437]),
    "g": (parts / variance, parts * numpy.prod(1 + parts) / (1 + parts) / variance),
}
for one in found["indices"]:
    inputs = one["inputs"]
    problem = {"num_vars": inputs, "names": [str(at) for at in range(inputs)], "bounds": [[0, 1]] * inputs}
    theirs = salib.analyze(problem, numpy.array(one["values"]), calc_second_order=False, num_resamples=10, seed=1)
    hold(f"first indices of {one['name']} (SALib)", one["first"], theirs["S1"], 3e-3)
    hold(f"total indices of {one['name']} (SALib)", one["total"], theirs["ST"], 1e-9)
    hold(f"first indices of {one['name']} (known)", one["first"], known[one["name"]][0], 0.015)
    hold(f"total indices of {one['name']} (known)", one["total"], known[one["name"]][1], 0.015)

summary = found["summary"]
values = numpy.array(summary["values"])
share, quantiles = numpy.array(summary["quantiles"]).T
hold("quantiles of many values", quantiles, numpy.quantile(values, share), 0)
hold("mean", summary["mean"], numpy.mean(values), 1e-13)
hold("standard deviation", summary["sd"], numpy.std(values, ddof=1), 1e-13)
hold("share below a value", summary["below"], numpy.mean(values < 2.0), 1e-15)
again = numpy.random.default_rng(1)
spread = numpy.std([numpy.std(again.choice(values, values.size)) for _ in range(200)])
assert 0.8 < summary["sd_error"] / spread < 1.25, "the error of the standard deviation"
print("all hold")
