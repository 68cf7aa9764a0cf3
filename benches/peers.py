"""The workloads W1 to W3 as others do them, whole processes in turn with the released command, as ratios.

    python -m venv peers && peers/bin/pip install numpy duckdb datafusion pyarrow
    cargo build --release && cargo bench --bench study -- big > big.scn
    peers/bin/python benches/peers.py target/release/scn big.scn [W1|W2|W3]
"""

import pathlib
import resource
import subprocess
import sys
import time

BOOKS = pathlib.Path(__file__).parent / "books"

VALUE = """
import numpy as np
NI, E = (6156.0, 9558.0, 13544.0), (11842.0, 17499.0, 25558.0, 36602.0)
def value(coe, g, pay, mult, g_term=0.06):
    v = 1.0 / (1.0 + coe)
    e, df, pv = E[0], 1.0, 0.0
    for t in range(12):
        before = e
        ni = NI[t] * mult if t < 3 else ni * (1.0 + g)
        e = E[t + 1] if t < 3 else before + ni * (1.0 - pay)
        df = df * v if t > 0 else 1.0
        ri = (ni / ((before + e) * 0.5) - coe) * before
        if t < 11: pv = pv + ri * df
    cv = ri * (1.0 + g_term) / np.maximum(coe - g_term, 0.005) * df
    return (17499.0 + pv + cv) / 424.7
"""

DRAWS = """
def draw(rng, n):
    beta = rng.normal(1.06, 0.05, n); rf = rng.triangular(0.018, 0.020, 0.022, n)
    erp = rng.triangular(0.055, 0.060, 0.065, n); g = rng.normal(0.16, 0.02, n)
    pay = rng.triangular(0.15, 0.26, 0.40, n); mult = rng.lognormal(-0.02, 0.20, n)
    return rf + beta * erp, g, pay, mult
rng = np.random.Generator(np.random.Philox(20260714))
"""

NUMPY_WHOLE = VALUE + DRAWS + """
x = value(*draw(rng, N)); print(x.mean(), x.std(ddof=1), np.quantile(x, [0.05, 0.5, 0.95]))
"""

NUMPY_CHUNKS = VALUE + DRAWS + """
x = np.empty(N)
for at in range(0, N, 65536):
    k = min(65536, N - at); x[at:at + k] = value(*draw(rng, k))
print(x.mean(), x.std(ddof=1), np.quantile(x, [0.05, 0.5, 0.95]))
"""

NUMPY_GRID = VALUE + """
import time
coe, g_term = np.linspace(0.07, 0.10, 1000)[:, None], np.linspace(0.03, 0.065, 1000)[None, :]
best = min((lambda s: (value(coe, 0.16, 0.26, 1.0, g_term), time.perf_counter() - s)[1])(time.perf_counter()) for _ in range(20))
print(f"numpy evaluates the grid in {best * 1e3:.3f} ms"); print(value(coe, 0.16, 0.26, 1.0, g_term).sum())
"""

# The same value as a chain of views, on a table of draws that the database makes itself.
SQL = """
create table d as select 1.06 + 0.05 * sqrt(-2 * ln(1 - random())) * cos(2 * pi() * random()) as beta,
  0.018 + 0.002 * (random() + random()) as rf, 0.055 + 0.005 * (random() + random()) as erp,
  0.16 + 0.02 * sqrt(-2 * ln(1 - random())) * cos(2 * pi() * random()) as g, 0.15 + 0.125 * (random() + random()) as pay,
  exp(-0.02 + 0.20 * sqrt(-2 * ln(1 - random())) * cos(2 * pi() * random())) as mult from range(N);
"""


def chain():
    """The value of W1 in SQL: one subquery for each year."""
    ni, equity = (6156.0, 9558.0, 13544.0), (11842.0, 17499.0, 25558.0, 36602.0)
    query = "select *, rf + beta * erp as coe from d"
    query = f"select *, 1 / (1 + coe) as v, 1.0::double as df, 0.0::double as pv, {equity[0]}::double as e, 0.0::double as ni, 0.0::double as ri from ({query})"
    for t in range(12):
        ni_t = f"{ni[t]} * mult" if t < 3 else "ni * (1 + g)"
        query = f"select * replace ({ni_t} as ni, {'df * v' if t else 'df'} as df), e as b from ({query})"
        e_t = f"{equity[t + 1]}::double" if t < 3 else "b + ni * (1 - pay)"
        query = f"select * replace ({e_t} as e) from ({query})"
        query = f"select * replace ((ni / ((b + e) * 0.5) - coe) * b as ri) from ({query})"
        add = "pv + ri * df" if t < 11 else "pv"
        query = f"select * exclude (b) replace ({add} as pv) from ({query})"
    return f"select (17499 + pv + ri * 1.06 / greatest(coe - 0.06, 0.005) * df) / 424.7 as x from ({query})"


DUCKDB = f"""
import duckdb
db = duckdb.connect()
db.execute('''{SQL}'''.replace('N', str(N)))
print(db.execute('''select avg(x), stddev(x), quantile_cont(x, [0.05, 0.5, 0.95]) from ({chain()})''').fetchall())
"""

NUMPY_BOOK = """
import re, sys
import numpy as np
text = open(BOOK).read()
p = {name: np.array([float(x) for x in re.findall(rf'assume {name} = ([0-9.]+)', text)]) for name in
     'rev0 g0 g_inf fade gm0 gm1 op0 op1 ramp cx dr ppe0 tr payout eq0 rf beta erp gterm shares'.split()}
def case(dg=0.0, derp=0.0, dgm=0.0, drf=0.0):
    coe = p['rf'] + drf + p['beta'] * (p['erp'] + derp)
    for t in range(40):
        gap = p['g0'] - p['g_inf'] if t == 0 else gap * p['fade']
        g = p['g_inf'] + gap + dg; rev = p['rev0'] if t == 0 else rev * (1 + g)
        w = np.minimum(t / p['ramp'], 1); gm = p['gm0'] + (p['gm1'] - p['gm0']) * w + dgm
        gp = rev * gm; opx = rev * (p['op0'] + (p['op1'] - p['op0']) * w); capex = rev * p['cx']
        dep = (p['ppe0'] if t == 0 else ppe) * p['dr']; ppe = p['ppe0'] if t == 0 else ppe + capex - dep
        ebit = gp - opx - dep; ni = ebit - np.maximum(ebit, 0) * p['tr']; div = np.maximum(ni, 0) * p['payout']
        before = eq if t else None; eq = p['eq0'] if t == 0 else eq + ni - div
        roae = 0 if t == 0 else ni / ((before + eq) * 0.5); ri = 0 if t == 0 else (roae - coe) * before
        df = 1 if t == 0 else df / (1 + coe); cum = eq if t == 0 else cum + ri * df
    return (cum + ri * (1 + p['gterm']) / np.maximum(coe - p['gterm'], 0.01) * df) / p['shares']
for kw in ({}, dict(dg=.02, derp=-.005), dict(dg=-.02, derp=.01), dict(dgm=-.03), dict(drf=.01)): print(case(**kw).sum())
"""


def run(command):
    busy = lambda: sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])
    start, before = time.perf_counter(), busy()
    done = subprocess.run(command, capture_output=True, text=True)
    spent = time.perf_counter() - start, busy() - before
    if done.returncode != 0:
        sys.exit(f"{command[:3]}: {done.stderr}")
    return spent, done.stdout


def race(title, contestants, rounds=3):
    """Runs each in turn; prints the best of each by the clock and of the processor, and the first one's time over it."""
    best = {name: (float("inf"), float("inf")) for name in contestants}
    for _ in range(rounds):
        for name, command in contestants.items():
            best[name] = tuple(map(min, best[name], run(command)[0]))
    clock, processor = next(iter(best.values()))
    print(f"\n{title} (whole processes, best of {rounds})\n{'':<32} {'clock ms':>10} {'ratio':>8} {'cpu ms':>10} {'ratio':>8}")
    for name, (spent, busy) in best.items():
        print(f"{name:<32} {spent * 1e3:>10.1f} {clock / spent:>8.4f} {busy * 1e3:>10.1f} {processor / busy:>8.4f}", flush=True)


def python(script, **names):
    lines = "\n".join(f"{name} = {value!r}" for name, value in names.items())
    return [sys.executable, "-c", f"{lines}\n{script}"]


def main():
    scn, big, wanted = sys.argv[1], sys.argv[2], sys.argv[3:]
    is_wanted = lambda name: not wanted or name in wanted
    if is_wanted("W1"):
        for draws in (10_000, 1_000_000, 10_000_000):
            race(f"W1, draws to summary, {draws:,}", {
                "scn": [scn, "study", str(BOOKS / "w1"), "mc", "--draws", str(draws), "--threads", "2"],
                "numpy, whole arrays": python(NUMPY_WHOLE, N=draws),
                "numpy, chunks of 65,536": python(NUMPY_CHUNKS, N=draws),
                "duckdb, its own draws": python(DUCKDB, N=draws),
            })
    if is_wanted("W2"):
        print(run(["cargo", "bench", "--bench", "study", "--", "W2"])[1], run(python(NUMPY_GRID))[1])
    if is_wanted("W3"):
        race("W3, a thousand companies, five cases", {
            "scn": [scn, "eval", big, "c0.value", "c999.value", "--case", "all", "--format", "csv"],
            "numpy, read with re": python(NUMPY_BOOK, BOOK=big),
        })


main()
