"""Generated from the proofs by ``generate.sh``; not to be edited."""

# ruff: noqa
# mypy: ignore-errors
from typing import Any

from proofs_checks.verified.native import combine, concat, existsb, filter, find, flat_map, fold_right, forallb, map, nth, seq, unknown, unwound, z_div, z_gcd, z_ggcd, z_lcm, z_to_pos


CONSTRUCTORS = ['Eq', 'Lt', 'Gt', 'IsNul', 'IsPos', 'IsNeg', 'SymmetricHolds', 'SymmetricFails', 'DefiniteHolds', 'DefiniteFails', 'AlphaHolds', 'AlphaFails', 'NonzeroHolds', 'NonzeroFails', 'DistinctHolds', 'DistinctFails', 'HullEvery', 'HullLayers', 'HullFails', 'NormEvery', 'NormLayers', 'NormFails', 'PersistEvery', 'PersistLayers', 'PersistFails', 'PersistMoves', 'ApartEvery', 'ApartLayers', 'ApartFails', 'ExtremeEvery', 'ExtremeLayers', 'ExtremeFails', 'ConvergenceConsensus', 'ConvergenceHolds', 'ConvergenceBasin', 'ConvergenceFails', 'ConvergenceSpreads', 'VertexHolds', 'VertexFails', 'VertexBasin', 'VertexBasinFails', 'LimitSetHolds', 'LimitSetRigid', 'LimitSetFails', 'LimitSetBasin', 'LimitSetBasinRigid', 'LimitSetBasinFails', 'LimitSetDiverges', 'LimitSetSpreads', 'SettlesHolds', 'SettlesFails', 'General', 'SymmetricOnly', 'Signed', 'AllHull', 'AllNorm', 'AllPersist', 'AllApart', 'AllExtreme', 'AllConverge', 'Compare', 'Grown', 'Split', 'Contradiction', 'Growth', 'Holds', 'Member', 'TooFew', 'Unrealised', 'Realised', 'Itineraries', 'AllByLemma', 'AllOnLayers', 'Positive', 'NotNegative', 'Zero', 'Nobody', 'Itinerary', 'Statement']


def implb(b1: Any, b2: Any) -> Any:
    return (b2 if b1 else True)


def negb(b: Any) -> Any:
    return (False if b else True)


def fst(p: Any) -> Any:
    return p[0]


def snd(p: Any) -> Any:
    return p[1]


def pred(n: Any) -> Any:
    return (n if n == 0 else (n - 1))


def bool_dec(b1: Any, b2: Any) -> Any:
    return ((b2 and True) if b1 else (False if b2 else True))


def eqb(b1: Any, b2: Any) -> Any:
    return (b2 if b1 else (False if b2 else True))


def hd(default: Any, l: Any) -> Any:
    return (default if not l else l[0])


def tl(l: Any) -> Any:
    return (() if not l else l[1:])


def in_dec(h: Any, a: Any, l: Any) -> Any:
    later = []
    while True:
        if not l:
            return unwound(later, False)
        l0 = l[1:]
        s = h(l[0])(a)
        if s:
            return unwound(later, True)
        l = l0
        continue


def last(l: Any, d: Any) -> Any:
    later = []
    while True:
        if not l:
            return unwound(later, d)
        l0 = l[1:]
        if not l0:
            return unwound(later, l[0])
        l = l0
        continue


def list_eq_dec(eq_dec: Any, l: Any, l_2: Any) -> Any:
    later = []
    while True:
        if not l:
            return unwound(later, (not l_2 and True))
        l0 = l[1:]
        if not l_2:
            return unwound(later, False)
        l1 = l_2[1:]
        if eq_dec(l[0])(l_2[0]):
            l, l_2 = l0, l1
            continue
        return unwound(later, False)


def nodup(decA: Any, l: Any) -> Any:
    later = []
    while True:
        if not l:
            return unwound(later, ())
        xs = l[1:]
        if in_dec(decA, l[0], xs):
            l = xs
            continue
        later.append(lambda result, l=l: (l[0], *result))
        l = xs
        continue


def qeq_bool(x: Any, y: Any) -> Any:
    return ((x[0] * y[1]) == (y[0] * x[1]))


def qle_bool(x: Any, y: Any) -> Any:
    return ((x[0] * y[1]) <= (y[0] * x[1]))


def qplus(x: Any, y: Any) -> Any:
    return (((x[0] * y[1]) + (y[0] * x[1])), (x[1] * y[1]))


def qmult(x: Any, y: Any) -> Any:
    return ((x[0] * y[0]), (x[1] * y[1]))


def qopp(x: Any) -> Any:
    return ((-x[0]), x[1])


def qminus(x: Any, y: Any) -> Any:
    return qplus(x, qopp(y))


def qinv(x: Any) -> Any:
    return ((0, 1) if x[0] == 0 else (x[1], x[0]) if x[0] > 0 else ((-x[1]), (-x[0])))


def qdiv(x: Any, y: Any) -> Any:
    return qmult(x, qinv(y))


def qred(q0: Any) -> Any:
    it = snd(z_ggcd(q0[0], q0[1]))
    return (it[0], z_to_pos(it[1]))


def sum_(n: Any, f: Any) -> Any:
    later = []
    while True:
        if n == 0:
            return unwound(later, (0, 1))
        m = (n - 1)
        later.append(lambda result, f=f, m=m: qplus(result, f(m)))
        n = m
        continue


def entry(m: Any, i: Any, j: Any) -> Any:
    return nth(j, nth(i, m, ()), (0, 1))


def system_of(s: Any) -> Any:
    return (len(s[0]), len(s[2]), (lambda _1: lambda _2: entry(s[0], _1, _2)), s[1], (lambda _1: lambda _2: entry(s[2], _1, _2)))


def sign(negative: Any) -> Any:
    return (((-1), 1) if negative else (1, 1))


def member_entry(f: Any, x: Any, i: Any, j: Any) -> Any:
    return qred(qplus(entry(f[1], i, j), sum_(len(f[2]), (lambda p: qmult(x(p), entry(nth(p, f[2], ()), i, j))))))


def member_lists(f: Any, x: Any) -> Any:
    d = len(f[1])
    return (map((lambda i: map((lambda _3: member_entry(f, x, i, _3)), seq(0, d))), seq(0, d)), f[3], f[4])


def last_layer(g: Any) -> Any:
    return pred(len(g[0]))


def given(g: Any, k: Any, i: Any) -> Any:
    return nth(i, nth(k, g[0], ()), None)


def below(n: Any, f: Any) -> Any:
    return forallb(f, seq(0, n))


def list_dot(x: Any, y: Any) -> Any:
    later = []
    while True:
        if not x:
            return unwound(later, (0, 1))
        x_2 = x[1:]
        if not y:
            return unwound(later, (0, 1))
        y_2 = y[1:]
        later.append(lambda result, x=x, y=y: qred(qplus(qmult(x[0], y[0]), result)))
        x, y = x_2, y_2
        continue


def list_less(c: Any, x: Any, y: Any) -> Any:
    later = []
    while True:
        if not x:
            return unwound(later, ())
        x_2 = x[1:]
        if not y:
            return unwound(later, ())
        y_2 = y[1:]
        later.append(lambda result, c=c, x=x, y=y: (qred(qminus(x[0], qmult(c, y[0]))), *result))
        x, y = x_2, y_2
        continue


def pull(rows: Any) -> Any:
    later = []
    while True:
        if not rows:
            return unwound(later, None)
        rest = rows[1:]
        if qeq_bool(hd((0, 1), rows[0]), (0, 1)):
            later.append(lambda result, rows=rows: (((result[0][0], (rows[0], *result[0][1])),) if result is not None else None))
            rows = rest
            continue
        return unwound(later, ((rows[0], rest),))


def kernel(m: Any, rows: Any) -> Any:
    if m == 0:
        return None
    m_3 = (m - 1)
    it_2 = pull(rows)
    if it_2 is not None:
        it_3 = kernel(m_3, map((lambda row: list_less(qred(qdiv(hd((0, 1), row), hd((0, 1), it_2[0][0]))), tl(row), tl(it_2[0][0]))), it_2[0][1]))
        if it_3 is not None:
            return ((qred(qdiv(qopp(list_dot(tl(it_2[0][0]), it_3[0])), hd((0, 1), it_2[0][0]))), *it_3[0]),)
        return None
    return (((1, 1), *(((0, 1),) * m_3)),)


def table(s: Any, f: Any) -> Any:
    return map((lambda i: map((lambda j: qred(f(i)(j))), seq(0, s))), seq(0, s))


def psd_b(d: Any, m: Any) -> Any:
    if d == 0:
        return True
    e_2 = (d - 1)
    p_2 = entry(m, e_2, e_2)
    return (((qeq_bool(p_2, (0, 1)) and below(e_2, (lambda i: (qeq_bool(entry(m, i, e_2), (0, 1)) and qeq_bool(entry(m, e_2, i), (0, 1)))))) and psd_b(e_2, m)) if qle_bool(p_2, (0, 1)) else psd_b(e_2, table(e_2, (lambda i: lambda j: qminus(entry(m, i, j), qdiv(qmult(entry(m, i, e_2), entry(m, e_2, j)), p_2))))))


def semidefinite_b(d: Any, m: Any) -> Any:
    return (below(d, (lambda i: below(d, (lambda j: qeq_bool(entry(m, i, j), entry(m, j, i)))))) and psd_b(d, m))


def companion(recurrence: Any, l: Any, c: Any) -> Any:
    return (qopp(nth(l, recurrence, (0, 1))) if (c == pred(len(recurrence))) else ((1, 1) if (l == (c + 1)) else (0, 1)))


def moved(recurrence: Any, b: Any, c: Any, e: Any) -> Any:
    return sum_(len(recurrence), (lambda l: sum_(len(recurrence), (lambda q0: qmult(qmult(b(l)(q0), companion(recurrence, l, c)), companion(recurrence, q0, e))))))


def products(recurrence: Any) -> Any:
    return flat_map((lambda l: map((lambda q0: (l, q0)), seq(0, (l + 1)))), seq(0, len(recurrence)))


def onward_list(recurrence: Any, w: Any) -> Any:
    return map((lambda l: qred(sum_(len(recurrence), (lambda c: qmult(companion(recurrence, l, c), nth(c, w, (0, 1))))))), seq(0, len(recurrence)))


def vectors(recurrence: Any, count: Any, w: Any) -> Any:
    later = []
    while True:
        if count == 0:
            return unwound(later, ())
        c = (count - 1)
        later.append(lambda result, w=w: (w, *result))
        count, w = c, onward_list(recurrence, w)
        continue


def first_vector(recurrence: Any) -> Any:
    return map((lambda l: ((1, 1) if (l == 0) else (0, 1))), seq(0, len(recurrence)))


def value_at(recurrence: Any, m: Any, w: Any) -> Any:
    return sum_(len(recurrence), (lambda i: sum_(len(recurrence), (lambda j: qmult(qmult(entry(m, i, j), nth(i, w, (0, 1))), nth(j, w, (0, 1)))))))


def vanishes_b(recurrence: Any, ws: Any, m: Any) -> Any:
    return forallb((lambda w: qeq_bool(value_at(recurrence, m, w), (0, 1))), ws)


def all_vectors(recurrence: Any) -> Any:
    return vectors(recurrence, len(products(recurrence)), first_vector(recurrence))


def moved_list(recurrence: Any, m: Any) -> Any:
    it = (lambda _1: lambda _2: entry(m, _1, _2))
    return table(len(recurrence), (lambda _2: lambda _3: moved(recurrence, it, _2, _3)))


def less(recurrence: Any, m: Any, c: Any, c0: Any) -> Any:
    return table(len(recurrence), (lambda i: lambda j: qminus(entry(m, i, j), qmult(c, entry(c0, i, j)))))


def cone_b(recurrence: Any, j: Any, mu: Any) -> Any:
    return ((qle_bool((0, 1), mu) and qle_bool((0, 1), entry(j, 0, 0))) and semidefinite_b(len(recurrence), less(recurrence, moved_list(recurrence, j), mu, j)))


def less_all(recurrence: Any, m: Any, row: Any, levels: Any) -> Any:
    later = []
    while True:
        if not row:
            return unwound(later, m)
        row_2 = row[1:]
        if not levels:
            return unwound(later, m)
        levels_2 = levels[1:]
        m, row, levels = less(recurrence, m, row[0], levels[0]), row_2, levels_2
        continue


def level_list(recurrence: Any, rows: Any, levels: Any) -> Any:
    later = []
    while True:
        if not rows:
            return unwound(later, levels)
        rest = rows[1:]
        rows, levels = rest, (levels + (less_all(recurrence, moved_list(recurrence, last(levels, ())), rows[0], levels),))
        continue


def nonneg_row(row: Any) -> Any:
    it = (0, 1)
    return forallb((lambda _1: qle_bool(it, _1)), row)


def proof_b(recurrence: Any, rows: Any, last_ok0: Any, m: Any) -> Any:
    ls = level_list(recurrence, rows, (m,))
    return ((((negb((len(rows) == 0)) and below(len(rows), (lambda q0: ((len(nth(q0, rows, ())) == (q0 + 1)) and nonneg_row(nth(q0, rows, ())))))) and negb(qle_bool(entry(rows, 0, 0), (0, 1)))) and below(len(rows), (lambda h: qle_bool((0, 1), entry(nth(h, ls, ()), 0, 0))))) and last_ok0(nth(len(rows), ls, ())))


def vec(l: Any, r: Any) -> Any:
    return nth(r, l, (0, 1))


def zentry(m: Any, i: Any, j: Any) -> Any:
    return nth(j, nth(i, m, ()), 0)


def zdot(x: Any, y: Any) -> Any:
    later = []
    while True:
        if not x:
            return unwound(later, 0)
        x_2 = x[1:]
        if not y:
            return unwound(later, 0)
        y_2 = y[1:]
        later.append(lambda result, x=x, y=y: ((x[0] * y[0]) + result))
        x, y = x_2, y_2
        continue


def zmax(row: Any) -> Any:
    return (0 if not row else fold_right((lambda _0: lambda _1: max(_0, _1)), row[0], row[1:]))


def zscores(zA: Any, num: Any) -> Any:
    def function(x):
        dir_2 = map((lambda row: zdot(row, x)), zA)
        return map((lambda _1: zdot(dir_2, _1)), num)
    return map(function, num)


def zattended(scores: Any) -> Any:
    def function(row):
        m = zmax(row)
        return map((lambda _1: (m == _1)), row)
    return map(function, scores)


def zadd(x: Any, y: Any) -> Any:
    later = []
    while True:
        if not x:
            return unwound(later, ())
        x_2 = x[1:]
        if not y:
            return unwound(later, ())
        y_2 = y[1:]
        later.append(lambda result, x=x, y=y: ((x[0] + y[0]), *result))
        x, y = x_2, y_2
        continue


def zsums(dm: Any, own: Any, pts: Any) -> Any:
    later = []
    while True:
        if not own:
            return unwound(later, ((0,) * dm))
        own_2 = own[1:]
        if not pts:
            return unwound(later, ((0,) * dm))
        pts_2 = pts[1:]
        if own[0]:
            later.append(lambda result, pts=pts: zadd(pts[0], result))
            own, pts = own_2, pts_2
            continue
        own, pts = own_2, pts_2
        continue


def zcount(own: Any) -> Any:
    return fold_right((lambda b: lambda n: ((n + 1) if b else n)), 0, own)


def zlcm(l: Any) -> Any:
    return fold_right((lambda _0: lambda _1: z_lcm(_0, _1)), 1, l)


def zgcd(l: Any) -> Any:
    return fold_right((lambda _0: lambda _1: z_gcd(_0, _1)), 0, l)


def zcomb(a: Any, b: Any, x: Any, y: Any) -> Any:
    later = []
    while True:
        if not x:
            return unwound(later, ())
        x_2 = x[1:]
        if not y:
            return unwound(later, ())
        y_2 = y[1:]
        later.append(lambda result, a=a, b=b, x=x, y=y: (((a * x[0]) + (b * y[0])), *result))
        x, y = x_2, y_2
        continue


def zmoves(dm: Any, tn: Any, td: Any, m: Any, pts: Any, xs: Any, owns0: Any) -> Any:
    later = []
    while True:
        if not xs:
            return unwound(later, ())
        xs_2 = xs[1:]
        if not owns0:
            return unwound(later, ())
        owns_2 = owns0[1:]
        later.append(lambda result, dm=dm, m=m, owns0=owns0, pts=pts, td=td, tn=tn, xs=xs: (zcomb(((td - tn) * m), (tn * z_div(m, zcount(owns0[0]))), xs[0], zsums(dm, owns0[0], pts)), *result))
        xs, owns0 = xs_2, owns_2
        continue


def zreduce(num: Any, den: Any) -> Any:
    g = zgcd((den, *concat(num)))
    it = (lambda x: z_div(x, g))
    return (map((lambda _1: map(it, _1)), num), z_div(den, g))


def zstep(dm: Any, t: Any, num: Any, den: Any, owns0: Any) -> Any:
    m = zlcm(map(zcount, owns0))
    return zreduce(zmoves(dm, t[0], t[1], m, num, num, owns0), ((den * t[1]) * m))


def zden(m: Any) -> Any:
    return zlcm(map((lambda q0: q0[1]), concat(m)))


def zscale(c: Any, q0: Any) -> Any:
    return (q0[0] * z_div(c, q0[1]))


def rect(m: Any, c: Any) -> Any:
    return forallb((lambda row: (len(row) == c)), m)


def wellformed(s: Any) -> Any:
    return ((((rect(s[0], len(s[0])) and rect(s[2], len(s[0]))) and negb(qeq_bool(s[1], ((-1), 1)))) and negb((len(s[0]) == 0))) and negb((len(s[2]) == 0)))


def make_layer(zA: Any, num: Any, den: Any) -> Any:
    return (num, den, zattended(zscores(zA, num)))


def build_from(dm: Any, t: Any, zA: Any, l: Any, k: Any) -> Any:
    later = []
    while True:
        if k == 0:
            return unwound(later, (l,))
        k_2 = (k - 1)
        it = zstep(dm, t, l[0], l[1], l[2])
        later.append(lambda result, l=l: (l, *result))
        l, k = make_layer(zA, it[0], it[1]), k_2
        continue


def zmatrix(m: Any) -> Any:
    c = zden(m)
    it = (lambda _1: zscale(c, _1))
    return map((lambda _1: map(it, _1)), m)


def tau_of(s: Any) -> Any:
    return qred(qdiv(s[1], qplus((1, 1), s[1])))


def build(s: Any, k: Any) -> Any:
    zA = zmatrix(s[0])
    return build_from(len(s[0]), tau_of(s), zA, make_layer(zA, zmatrix(s[2]), zden(s[2])), k)


def reduced_sum(n: Any, f: Any) -> Any:
    later = []
    while True:
        if n == 0:
            return unwound(later, (0, 1))
        m = (n - 1)
        later.append(lambda result, f=f, m=m: qred(qplus(result, f(m))))
        n = m
        continue


def qlt_bool(x: Any, y: Any) -> Any:
    return negb(qle_bool(y, x))


def same_b(d: Any, x: Any, y: Any) -> Any:
    return below(d, (lambda r: qeq_bool(x(r), y(r))))


def reduced_dot(d: Any, x: Any, y: Any) -> Any:
    return reduced_sum(d, (lambda r: qmult(x(r), y(r))))


def reduced_form(s: Any, x: Any, y: Any) -> Any:
    d = len(s[0])
    return reduced_dot(d, (lambda r: reduced_dot(d, (lambda _2: entry(s[0], r, _2)), x)), y)


def lsum(ps: Any, f: Any) -> Any:
    return fold_right((lambda p: lambda acc: qred(qplus(f(p), acc))), (0, 1), ps)


def convex_b(n: Any, ps: Any) -> Any:
    return (forallb((lambda p: ((fst(p) < n) and qle_bool((0, 1), snd(p)))), ps) and qeq_bool(lsum(ps, snd), (1, 1)))


def is_combination(d: Any, n: Any, ps: Any, y: Any, x: Any) -> Any:
    return (convex_b(n, ps) and below(d, (lambda r: qeq_bool(lsum(ps, (lambda p: qmult(snd(p), y(fst(p))(r)))), x(r)))))


no_layer = ((), 1, ())


def layer_at(ls: Any, k: Any) -> Any:
    return nth(k, ls, no_layer)


def point(l: Any, i: Any, r: Any) -> Any:
    return (zentry(l[0], i, r), z_to_pos(l[1]))


def follows(l: Any, i: Any, j: Any) -> Any:
    return nth(j, nth(i, l[2], ()), False)


def leads(n: Any, l: Any, i: Any) -> Any:
    return below(n, (lambda j: eqb(follows(l, i, j), (j == i))))


def factorisation_b(s: Any, strict: Any, lower: Any, diagonal: Any) -> Any:
    d = len(s[0])
    return ((((((len(lower) == d) and rect(lower, d)) and (len(diagonal) == d)) and below(d, (lambda i: below(d, (lambda j: (qeq_bool(entry(lower, i, j), ((1, 1) if (i == j) else (0, 1))) if (i <= j) else True)))))) and below(d, (lambda i: below(d, (lambda j: qeq_bool(qmult(((2 * 1), 1), reduced_sum(d, (lambda k: qmult(qmult(entry(lower, i, k), vec(diagonal, k)), entry(lower, j, k))))), qplus(entry(s[0], i, j), entry(s[0], j, i)))))))) and below(d, (lambda k: (qlt_bool((0, 1), vec(diagonal, k)) if strict else qle_bool((0, 1), vec(diagonal, k))))))


def negated(s: Any) -> Any:
    return (map((lambda _1: map(qopp, _1)), s[0]), s[1], s[2])


def symmetric_b(s: Any) -> Any:
    d = len(s[0])
    return below(d, (lambda i: below(d, (lambda j: qeq_bool(entry(s[0], i, j), entry(s[0], j, i))))))


def zrows_ok(owns0: Any, m: Any) -> Any:
    def function(p):
        it = find(fst, combine(fst(p), snd(p)))
        if it is not None:
            return forallb((lambda x: (x <= it[0][1])), snd(p))
        return False
    return forallb(function, combine(owns0, m))


def zdiff(mu: Any, later_2: Any, earlier: Any) -> Any:
    return map((lambda p: zcomb(mu[1], (-mu[0]), fst(p), snd(p))), combine(later_2, earlier))


def zlevel(mu: Any, level: Any) -> Any:
    later = []
    while True:
        if not level:
            return unwound(later, ())
        rest = level[1:]
        if not rest:
            return unwound(later, ())
        later.append(lambda result, level=level, mu=mu, rest=rest: (zdiff(mu, rest[0], level[0]), *result))
        level = rest
        continue


def levels_ok(owns0: Any, nodes: Any, level: Any) -> Any:
    later = []
    while True:
        if not level:
            return unwound(later, False)
        if not nodes:
            it = (lambda _1: (0 == _1))
            return unwound(later, forallb((lambda _1: forallb(it, _1)), level[0]))
        rest = nodes[1:]
        if zrows_ok(owns0, level[0]):
            nodes, level = rest, zlevel(nodes[0], level)
            continue
        return unwound(later, False)


def zscaled(common: Any, l: Any) -> Any:
    f = z_div(common, l[1])
    it = (lambda _1: (f * _1))
    return map((lambda _1: map(it, _1)), l[0])


def owns_eqb(a: Any, b: Any) -> Any:
    it = (lambda _0: lambda _1: bool_dec(_0, _1))
    if list_eq_dec((lambda _1: lambda _2: list_eq_dec(it, _1, _2)), a, b):
        return True
    return False


def nodes_b(s: Any, ls: Any, it: Any) -> Any:
    zA = zmatrix(s[0])
    n = len(it[2])
    if (0 < it[1]):
        it_2 = (0, 1)
        found = forallb((lambda _1: qlt_bool(it_2, _1)), it[2])
    else:
        found = False
    if (found and (((it[0] + max(it[1] - (0 + 1), 0)) + (it[1] * n)) < len(ls))):
        def function(r):
            here0 = map((lambda j: layer_at(ls, ((it[0] + r) + (it[1] * j)))), seq(0, (n + 1)))
            it_3 = layer_at(ls, (it[0] + r))
            if forallb((lambda l: owns_eqb(l[2], it_3[2])), here0):
                common = zlcm(map((lambda l: l[1]), here0))
                return levels_ok(it_3[2], it[2], map((lambda l: zscores(zA, zscaled(common, l))), here0))
            return False
        return below(it[1], function)
    return False


def first_true(a: Any) -> Any:
    later = []
    while True:
        if not a:
            return unwound(later, 0)
        t = a[1:]
        if a[0]:
            return unwound(later, 0)
        later.append(lambda result: (result + 1))
        a = t
        continue


no_cone = ((), (0, 1))


def last_ok(fm: Any, ws: Any, c: Any, b: Any) -> Any:
    if vanishes_b(fm[0], ws, b):
        return True
    if c is not None:
        if ((c[0][0] < len(fm[1])) and qle_bool((0, 1), c[0][1])):
            it = nth(c[0][0], fm[1], no_cone)
            return semidefinite_b(len(fm[0]), less(fm[0], b, c[0][1], it[0]))
        return False
    return semidefinite_b(len(fm[0]), b)


def keeps_order(fm: Any, ws: Any, b: Any) -> Any:
    return (vanishes_b(fm[0], ws, b) if qeq_bool(entry(b, 0, 0), (0, 1)) else (negb(qle_bool(entry(b, 0, 0), (0, 1))) and existsb((lambda pr: proof_b(fm[0], pr[0], (lambda _3: last_ok(fm, ws, pr[1], _3)), b)), fm[2])))


def difference(s: Any, at: Any, i: Any, a: Any, b: Any, l: Any, q0: Any) -> Any:
    it = at(l)
    x = (lambda _2: point(it, i, _2))
    it_2 = at(q0)
    y = (lambda _1: lambda _2: point(it_2, _1, _2))
    return qred(qminus(reduced_form(s, x, y(a)), reduced_form(s, x, y(b))))


def symmetric_part(s: Any, f: Any) -> Any:
    m = table(s, f)
    return table(s, (lambda l: lambda q0: qmult((1, (2 * 1)), qplus(entry(m, l, q0), entry(m, q0, l)))))


def forms_b(s: Any, ls: Any, k: Any, p: Any, fm: Any) -> Any:
    o = len(fm[0])
    n = len(s[2])
    if (((0 < o) and (0 < p)) and ((k + (p * o)) < len(ls))):
        def function(r):
            def function_2(j):
                it = layer_at(ls, ((k + r) + (p * j)))
                it_2 = layer_at(ls, (k + r))
                return owns_eqb(it[2], it_2[2])
            return forallb(function_2, seq(0, o))
        found = below(p, function)
    else:
        found = False
    if ((found and below(n, (lambda i: below(len(s[0]), (lambda x: qeq_bool(qplus(reduced_sum(o, (lambda l: qmult(nth(l, fm[0], (0, 1)), point(layer_at(ls, (k + (p * l))), i, x)))), point(layer_at(ls, (k + (p * o))), i, x)), (0, 1))))))) and forallb((lambda c: cone_b(fm[0], c[0], c[1])), fm[1])):
        ws = all_vectors(fm[0])
        def function_2(r_2):
            def function_3(i):
                it = layer_at(ls, (k + r_2))
                a = first_true(nth(i, it[2], ()))
                def function_4(b):
                    it_2 = (lambda j: layer_at(ls, ((k + r_2) + (p * j))))
                    return keeps_order(fm, ws, symmetric_part(o, (lambda _5: lambda _6: difference(s, it_2, i, a, b, _5, _6))))
                return below(n, function_4)
            return below(n, function_3)
        return below(p, function_2)
    return False


def itinerary_b(s: Any, ls: Any, it: Any) -> Any:
    return (forms_b(s, ls, it[0], it[1], it[3][0]) if it[3] is not None else nodes_b(s, ls, it))


def sublists(k: Any, l: Any) -> Any:
    return (((),) if not l else (sublists(k, l[1:]) + (() if k == 0 else map((lambda x: (l[0], *x)), sublists((k - 1), l[1:])))))


def affine_rows(s: Any, p: Any, t: Any) -> Any:
    return (map((lambda x: (1, 1)), t), *map((lambda r: map((lambda j: p(j)(r)), t)), seq(0, s[0])))


def form_rows(p: Any, product: Any, t: Any) -> Any:
    return (map((lambda x: (1, 1)), t), *map((lambda a: map((lambda j: qminus(product(p(j))(p(a)), product(p(j))(p(hd(0, t))))), t)), t))


def rigid_b(s: Any, m: Any, p: Any, product: Any) -> Any:
    def function(t):
        it = kernel(len(t), affine_rows(s, p, t))
        if it is not None:
            return True
        it_2 = kernel(len(t), form_rows(p, product, t))
        if it_2 is not None:
            return False
        return True
    return forallb(function, sublists((s[0] + 1), seq(0, m)))


def exposes_b(d: Any, n: Any, f: Any, l: Any, i: Any) -> Any:
    return below(n, (lambda j: (same_b(d, (lambda _2: point(l, j, _2)), (lambda _2: point(l, i, _2))) or qlt_bool(reduced_dot(d, f, (lambda _2: point(l, j, _2))), reduced_dot(d, f, (lambda _2: point(l, i, _2)))))))


def grows(s: Any, a: Any, b: Any, i: Any) -> Any:
    d = len(s[0])
    before = reduced_form(s, (lambda _2: point(a, i, _2)), (lambda _2: point(a, i, _2)))
    after = reduced_form(s, (lambda _2: point(b, i, _2)), (lambda _2: point(b, i, _2)))
    return (qlt_bool(before, after) or (qeq_bool(before, after) and same_b(d, (lambda _2: point(b, i, _2)), (lambda _2: point(a, i, _2)))))


def chain(ls: Any, n: Any, f: Any) -> Any:
    return ((n < len(ls)) and below(n, (lambda k: f(k)(layer_at(ls, k))(layer_at(ls, (k + 1))))))


def first_lead(n: Any, ls: Any, n0: Any, i: Any) -> Any:
    return find((lambda k: leads(n, layer_at(ls, k), i)), seq(0, (n0 + 1)))


def leaders_named(n: Any, ls: Any, n0: Any, every: Any, named: Any) -> Any:
    if ((n0 < len(ls)) and (len(nodup((lambda _0: lambda _1: (_0 == _1)), map((lambda e: fst(fst(e))), named))) == len(named))):
        def function(i):
            it = first_lead(n, ls, n0, i)
            if it is not None:
                return existsb((lambda e: ((fst(fst(e)) == i) and (snd(fst(e)) == it[0]))), named)
            return True
        found = below(n, function)
    else:
        found = False
    if found:
        def function_2(e):
            if (fst(fst(e)) < n):
                it_2 = first_lead(n, ls, n0, fst(fst(e)))
                found_2 = (it_2 is not None and (snd(fst(e)) == it_2[0]))
            else:
                found_2 = False
            if found_2:
                return (len(snd(e)) == ((0 + 1) if every else (max(n0 - snd(fst(e)), 0) + (0 + 1))))
            return False
        return forallb(function_2, named)
    return False


def exposed_named(d: Any, n: Any, ls: Any, named: Any) -> Any:
    def function(e):
        def function_2(t):
            f = nth(t, snd(e), ())
            return ((len(f) == d) and exposes_b(d, n, (lambda _1: vec(f, _1)), layer_at(ls, (snd(fst(e)) + t)), fst(fst(e))))
        return below(len(snd(e)), function_2)
    return forallb(function, named)


def combine_b(ls: Any, k: Any, p: Any, w: Any, r: Any, i: Any, x: Any) -> Any:
    return reduced_sum(len(w), (lambda j: qmult(nth(j, w, (0, 1)), point(layer_at(ls, (k + (r + (p * j)))), i, x))))


def equal_combinations(n: Any, d: Any, f: Any, g: Any) -> Any:
    return below(n, (lambda i: below(d, (lambda x: qeq_bool(f(i)(x), g(i)(x))))))


def diverges_b(s: Any, ls: Any, it: Any, w: Any, factor: Any, i: Any, r: Any) -> Any:
    d = len(s[0])
    n = len(s[2])
    f = (lambda _4: lambda _5: lambda _6: combine_b(ls, it[0], it[1], w, _4, _5, _6))
    return ((((((itinerary_b(s, ls, it) and ((it[0] + (it[1] + (it[1] * len(w)))) < len(ls))) and (i < n)) and (r < it[1])) and existsb((lambda x: negb(qeq_bool(x, (0, 1)))), w)) and equal_combinations(n, d, f(it[1]), (lambda i0: lambda x: qmult(factor, f(0)(i0)(x))))) and (((qlt_bool((1, 1), factor) or (qeq_bool(factor, (1, 1)) and qeq_bool(reduced_sum(len(w), (lambda j: nth(j, w, (0, 1)))), (0, 1)))) and negb(same_b(d, f(0)(i), (lambda x: (0, 1))))) if (r == 0) else (qeq_bool(factor, (1, 1)) and negb(same_b(d, f(r)(i), f(0)(i))))))


def rest_b(s: Any, ls: Any, it: Any, w: Any) -> Any:
    f = (lambda _4: lambda _5: lambda _6: combine_b(ls, it[0], it[1], w, _4, _5, _6))
    return ((((itinerary_b(s, ls, it) and ((it[0] + (it[1] + (it[1] * len(w)))) < len(ls))) and qeq_bool(reduced_sum(len(w), (lambda j: nth(j, w, (0, 1)))), (1, 1))) and qle_bool((0, 1), s[1])) and equal_combinations(len(s[2]), len(s[0]), f(it[1]), f(0)))


def exposes_limit(d: Any, n: Any, f: Any, l: Any, i: Any) -> Any:
    return below(n, (lambda j: (same_b(d, l(j), l(i)) or qlt_bool(reduced_dot(d, f, l(j)), reduced_dot(d, f, l(i))))))


def belongs_b(s: Any, n: Any, l: Any, i: Any) -> Any:
    return (negb(same_b(len(s[0]), l(i), (lambda x: (0, 1)))) and below(n, (lambda j: qle_bool(reduced_form(s, l(i), l(j)), reduced_form(s, l(i), l(i))))))


def vertex_b(d: Any, n: Any, lead: Any, l: Any, functionals: Any, combinations: Any) -> Any:
    leaders = filter(lead, seq(0, n))
    if ((len(functionals) == len(leaders)) and rect(functionals, d)):
        def function(q0):
            it = snd(q0)
            return exposes_limit(d, n, (lambda _1: vec(it, _1)), l, fst(q0))
        found = forallb(function, combine(leaders, functionals))
    else:
        found = False
    if (found and (len(combinations) == n)):
        return below(n, (lambda i: (is_combination(d, n, nth(i, combinations, ()), l, l(i)) and forallb((lambda q0_2: lead(fst(q0_2))), nth(i, combinations, ())))))
    return False


def unled_b(d: Any, n: Any, lead: Any, l: Any, i: Any, f: Any) -> Any:
    return ((((i < n) and (len(f) == d)) and exposes_limit(d, n, (lambda _1: vec(f, _1)), l, i)) and below(n, (lambda j: negb((lead(j) and same_b(d, l(j), l(i)))))))


def all_belong_b(s: Any, n: Any, l: Any) -> Any:
    return below(n, (lambda _3: belongs_b(s, n, l, _3)))


def rigid_ends_b(s: Any, l: Any) -> Any:
    d = len(s[0])
    firsts = filter((lambda i: below(i, (lambda j: negb(same_b(d, l(i), l(j)))))), seq(0, len(s[2])))
    return rigid_b(system_of(s), len(firsts), (lambda j: l(nth(j, firsts, 0))), (lambda _1: lambda _2: reduced_form(s, _1, _2)))


def astray_b(s: Any, n: Any, l: Any, i: Any, limit: Any) -> Any:
    return ((((i < n) and (len(limit) == len(s[0]))) and same_b(len(s[0]), (lambda _1: vec(limit, _1)), l(i))) and negb(belongs_b(s, n, l, i)))


def tabulate(n: Any, d: Any, l: Any) -> Any:
    return map((lambda i: map(l(i), seq(0, d))), seq(0, n))


def ends_of(s: Any, ls: Any, it: Any, w: Any) -> Any:
    it_2 = tabulate(len(s[2]), len(s[0]), (lambda _5: lambda _6: combine_b(ls, it[0], it[1], w, 0, _5, _6)))
    return (lambda _1: lambda _2: entry(it_2, _1, _2))


def phases_rest(s: Any, ls: Any, it: Any, w: Any, l: Any) -> Any:
    return below(it[1], (lambda r: equal_combinations(len(s[2]), len(s[0]), (lambda _5: lambda _6: combine_b(ls, it[0], it[1], w, r, _5, _6)), l)))


def target_of(b: Any, i: Any) -> Any:
    return nth(i, b[1], 0)


def basin_ends(s: Any, ls: Any, b: Any) -> Any:
    def function(i):
        it = layer_at(ls, b[0])
        it_2 = target_of(b, i)
        return (lambda _2: point(it, it_2, _2))
    it = tabulate(len(s[2]), len(s[0]), function)
    return (lambda _1: lambda _2: entry(it, _1, _2))


def basin_b(s: Any, ls: Any, b: Any) -> Any:
    d = len(s[0])
    n = len(s[2])
    a = layer_at(ls, b[0])
    score = (lambda i: lambda j: reduced_form(s, (lambda _2: point(a, i, _2)), (lambda _2: point(a, j, _2))))
    if (((((b[0] < len(ls)) and (len(b[1]) == n)) and forallb((lambda p: (p < n)), b[1])) and qlt_bool((0, 1), s[1])) and factorisation_b(s, False, b[2], b[3])):
        def function(i):
            p = target_of(b, i)
            return (((follows(a, p, p) and below(n, (lambda j: implb(follows(a, p, j), (same_b(d, (lambda _2: point(a, j, _2)), (lambda _2: point(a, p, _2))) and (target_of(b, j) == p)))))) and below(n, (lambda j: ((target_of(b, j) == p) or qlt_bool(score(i)(j), score(i)(p)))))) and (follows(a, p, i) or qlt_bool(score(i)(i), score(i)(p))))
        return below(n, function)
    return False


def spreads_b(s: Any, ls: Any, lower: Any, diagonal: Any, k: Any, i: Any, a: Any, b: Any) -> Any:
    n = len(s[2])
    l = layer_at(ls, k)
    return (((((((k < len(ls)) and (i < n)) and (a < n)) and (b < n)) and qlt_bool(tau_of(s), (0, 1))) and factorisation_b(negated(s), False, lower, diagonal)) and qlt_bool(reduced_form(s, (lambda _2: point(l, i, _2)), (lambda _2: point(l, b, _2))), reduced_form(s, (lambda _2: point(l, i, _2)), (lambda _2: point(l, a, _2)))))


def check_claim(s: Any, n: Any, ls: Any, c: Any) -> Any:
    d = len(s[0])
    n0 = len(s[2])
    if c[0] == 'SymmetricHolds':
        return symmetric_b(s)
    if c[0] == 'SymmetricFails':
        return (((((c[1] < d) and (c[2] < d)) and qeq_bool(c[3], entry(s[0], c[1], c[2]))) and qeq_bool(c[4], entry(s[0], c[2], c[1]))) and negb(qeq_bool(c[3], c[4])))
    if c[0] == 'DefiniteHolds':
        return factorisation_b(s, True, c[1], c[2])
    if c[0] == 'DefiniteFails':
        return ((((len(c[1]) == d) and negb(same_b(d, (lambda _1: vec(c[1], _1)), (lambda x: (0, 1))))) and qeq_bool(c[2], reduced_form(s, (lambda _1: vec(c[1], _1)), (lambda _1: vec(c[1], _1))))) and qle_bool(c[2], (0, 1)))
    if c[0] == 'AlphaHolds':
        return qlt_bool((0, 1), s[1])
    if c[0] == 'AlphaFails':
        return (qeq_bool(c[1], s[1]) and qle_bool(c[1], (0, 1)))
    if c[0] == 'NonzeroHolds':
        return below(n0, (lambda i: negb(same_b(d, (lambda _2: entry(s[2], i, _2)), (lambda x: (0, 1))))))
    if c[0] == 'NonzeroFails':
        return ((c[1] < n0) and same_b(d, (lambda _2: entry(s[2], c[1], _2)), (lambda x: (0, 1))))
    if c[0] == 'DistinctHolds':
        return below(n0, (lambda i: below(i, (lambda j: negb(same_b(d, (lambda _2: entry(s[2], i, _2)), (lambda _2: entry(s[2], j, _2))))))))
    if c[0] == 'DistinctFails':
        return ((((c[1] < n0) and (c[2] < n0)) and negb((c[1] == c[2]))) and same_b(d, (lambda _2: entry(s[2], c[1], _2)), (lambda _2: entry(s[2], c[2], _2))))
    if c[0] == 'HullLayers':
        return (((len(c[1]) == n) and forallb((lambda l: (len(l) == n0)), c[1])) and chain(ls, n, (lambda k: lambda a: lambda b: below(n0, (lambda i: is_combination(d, n0, nth(i, nth(k, c[1], ()), ()), (lambda _1: lambda _2: point(a, _1, _2)), (lambda _2: point(b, i, _2))))))))
    if c[0] == 'HullFails':
        if ((((c[1] < n) and ((c[1] + 1) < len(ls))) and (c[2] < n0)) and (len(c[3]) == d)):
            def function(j):
                it = layer_at(ls, c[1])
                return qle_bool(reduced_dot(d, (lambda _1: vec(c[3], _1)), (lambda _2: point(it, j, _2))), c[4])
            found = below(n0, function)
        else:
            found = False
        if found:
            def function_2(j_2):
                it = layer_at(ls, c[1])
                return qeq_bool(reduced_dot(d, (lambda _1: vec(c[3], _1)), (lambda _2: point(it, j_2, _2))), c[4])
            found_2 = existsb(function_2, seq(0, n0))
        else:
            found_2 = False
        if found_2:
            it = layer_at(ls, (c[1] + 1))
            found_3 = qeq_bool(c[5], reduced_dot(d, (lambda _1: vec(c[3], _1)), (lambda _2: point(it, c[2], _2))))
        else:
            found_3 = False
        if found_3:
            return qlt_bool(c[4], c[5])
        return False
    if c[0] == 'NormEvery':
        return ((symmetric_b(s) and factorisation_b(s, True, c[1], c[2])) and qle_bool((0, 1), tau_of(s)))
    if c[0] == 'NormLayers':
        return chain(ls, n, (lambda x: lambda a: lambda b: below(n0, (lambda _3: grows(s, a, b, _3)))))
    if c[0] == 'NormFails':
        if (((c[1] < n) and ((c[1] + 1) < len(ls))) and (c[2] < n0)):
            it_2 = layer_at(ls, c[1])
            it_3 = layer_at(ls, c[1])
            found_4 = qeq_bool(c[3], reduced_form(s, (lambda _2: point(it_2, c[2], _2)), (lambda _2: point(it_3, c[2], _2))))
        else:
            found_4 = False
        if found_4:
            it_4 = layer_at(ls, (c[1] + 1))
            it_5 = layer_at(ls, (c[1] + 1))
            found_5 = qeq_bool(c[4], reduced_form(s, (lambda _2: point(it_4, c[2], _2)), (lambda _2: point(it_5, c[2], _2))))
        else:
            found_5 = False
        if found_5:
            return negb(grows(s, layer_at(ls, c[1]), layer_at(ls, (c[1] + 1)), c[2]))
        return False
    if c[0] == 'PersistLayers':
        return chain(ls, n, (lambda x: lambda a: lambda b: below(n0, (lambda i: implb(leads(n0, a, i), leads(n0, b, i))))))
    if c[0] == 'PersistFails':
        return ((((((((c[1] < n0) and (c[4] < n0)) and (c[2] < c[3])) and (c[3] <= n)) and (c[3] < len(ls))) and leads(n0, layer_at(ls, c[2]), c[1])) and negb((c[1] == c[4]))) and follows(layer_at(ls, c[3]), c[1], c[4]))
    if c[0] == 'PersistMoves':
        if ((((((c[1] < n0) and (c[2] < c[3])) and (c[3] <= n)) and (c[3] < len(ls))) and (len(c[4]) == d)) and leads(n0, layer_at(ls, c[2]), c[1])):
            it_6 = layer_at(ls, c[3])
            found_6 = same_b(d, (lambda _2: point(it_6, c[1], _2)), (lambda _1: vec(c[4], _1)))
        else:
            found_6 = False
        if found_6:
            it_7 = layer_at(ls, c[3])
            it_8 = layer_at(ls, c[2])
            return negb(same_b(d, (lambda _2: point(it_7, c[1], _2)), (lambda _2: point(it_8, c[1], _2))))
        return False
    if c[0] == 'ApartEvery':
        return (factorisation_b(s, False, c[1], c[2]) and qle_bool((0, 1), s[1]))
    if c[0] == 'ApartLayers':
        if (n < len(ls)):
            def function_3(i):
                def function_4(j_3):
                    it_7 = layer_at(ls, n)
                    it_8 = layer_at(ls, n)
                    if negb(same_b(d, (lambda _2: point(it_7, i, _2)), (lambda _2: point(it_8, j_3, _2)))):
                        return True
                    it_9 = layer_at(ls, 0)
                    it_10 = layer_at(ls, 0)
                    return same_b(d, (lambda _2: point(it_9, i, _2)), (lambda _2: point(it_10, j_3, _2)))
                return below(i, function_4)
            return below(n0, function_3)
        return False
    if c[0] == 'ApartFails':
        if (((((c[1] < n) and ((c[1] + 1) < len(ls))) and (c[2] < n0)) and (c[3] < n0)) and (len(c[4]) == d)):
            it_7 = layer_at(ls, c[1])
            it_8 = layer_at(ls, c[1])
            found_7 = negb(same_b(d, (lambda _2: point(it_7, c[2], _2)), (lambda _2: point(it_8, c[3], _2))))
        else:
            found_7 = False
        if found_7:
            it_9 = layer_at(ls, (c[1] + 1))
            found_8 = same_b(d, (lambda _2: point(it_9, c[2], _2)), (lambda _1: vec(c[4], _1)))
        else:
            found_8 = False
        if found_8:
            it_10 = layer_at(ls, (c[1] + 1))
            return same_b(d, (lambda _2: point(it_10, c[3], _2)), (lambda _1: vec(c[4], _1)))
        return False
    if c[0] == 'ExtremeEvery':
        return ((qle_bool((0, 1), s[1]) and leaders_named(n0, ls, n, True, c[1])) and exposed_named(d, n0, ls, c[1]))
    if c[0] == 'ExtremeLayers':
        return (leaders_named(n0, ls, n, False, c[1]) and exposed_named(d, n0, ls, c[1]))
    if c[0] == 'ExtremeFails':
        if (((((c[1] < n0) and (c[2] <= c[3])) and (c[3] <= n)) and (c[3] < len(ls))) and leads(n0, layer_at(ls, c[2]), c[1])):
            it_10 = layer_at(ls, c[3])
            it_11 = layer_at(ls, c[3])
            found_9 = is_combination(d, n0, c[4], (lambda _1: lambda _2: point(it_10, _1, _2)), (lambda _2: point(it_11, c[1], _2)))
        else:
            found_9 = False
        if found_9:
            def function_3(p):
                it_12 = layer_at(ls, c[3])
                it_13 = fst(p)
                it_14 = layer_at(ls, c[3])
                return negb(same_b(d, (lambda _2: point(it_12, it_13, _2)), (lambda _2: point(it_14, c[1], _2))))
            return forallb(function_3, c[4])
        return False
    if c[0] == 'ConvergenceConsensus':
        return (factorisation_b(negated(s), True, c[1], c[2]) and qlt_bool((0, 1), s[1]))
    if c[0] == 'ConvergenceHolds':
        f = (lambda _4: lambda _5: lambda _6: combine_b(ls, c[1][0], c[1][1], c[2], _4, _5, _6))
        return ((((((((itinerary_b(s, ls, c[1]) and ((c[1][0] + (c[1][1] + (c[1][1] * len(c[2])))) < len(ls))) and qeq_bool(reduced_sum(len(c[2]), (lambda j_3: nth(j_3, c[2], (0, 1)))), (1, 1))) and (qle_bool((0, 1), s[1]) or ((len(c[2]) == (0 + 1)) and qeq_bool(nth(0, c[2], (0, 1)), (1, 1))))) and (len(c[3]) == n0)) and rect(c[3], d)) and equal_combinations(n0, d, f(c[1][1]), f(0))) and equal_combinations(n0, d, (lambda _1: lambda _2: entry(c[3], _1, _2)), f(0))) and below(c[1][1], (lambda r: equal_combinations(n0, d, f(r), f(0)))))
    if c[0] == 'ConvergenceBasin':
        return (((basin_b(s, ls, c[1]) and (len(c[2]) == n0)) and rect(c[2], d)) and equal_combinations(n0, d, (lambda _1: lambda _2: entry(c[2], _1, _2)), basin_ends(s, ls, c[1])))
    if c[0] == 'ConvergenceFails':
        return diverges_b(s, ls, c[1], c[2], c[3], c[4], c[5])
    if c[0] == 'ConvergenceSpreads':
        return spreads_b(s, ls, c[1], c[2], c[3], c[4], c[5], c[6])
    if c[0] == 'VertexHolds':
        if rest_b(s, ls, c[1], c[2]):
            it_12 = layer_at(ls, c[1][0])
            return vertex_b(d, n0, (lambda _2: leads(n0, it_12, _2)), ends_of(s, ls, c[1], c[2]), c[3], c[4])
        return False
    if c[0] == 'VertexFails':
        if rest_b(s, ls, c[1], c[2]):
            it_12 = layer_at(ls, c[1][0])
            return unled_b(d, n0, (lambda _2: leads(n0, it_12, _2)), ends_of(s, ls, c[1], c[2]), c[3], c[4])
        return False
    if c[0] == 'VertexBasin':
        if basin_b(s, ls, c[1]):
            it_12 = layer_at(ls, c[1][0])
            return vertex_b(d, n0, (lambda _2: leads(n0, it_12, _2)), basin_ends(s, ls, c[1]), c[2], c[3])
        return False
    if c[0] == 'VertexBasinFails':
        if basin_b(s, ls, c[1]):
            it_12 = layer_at(ls, c[1][0])
            return unled_b(d, n0, (lambda _2: leads(n0, it_12, _2)), basin_ends(s, ls, c[1]), c[2], c[3])
        return False
    if c[0] == 'LimitSetHolds':
        l = ends_of(s, ls, c[1], c[2])
        return (((rest_b(s, ls, c[1], c[2]) and factorisation_b(s, True, c[3], c[4])) and phases_rest(s, ls, c[1], c[2], l)) and all_belong_b(s, n0, l))
    if c[0] == 'LimitSetRigid':
        l_2 = ends_of(s, ls, c[1], c[2])
        return (((rest_b(s, ls, c[1], c[2]) and rigid_ends_b(s, l_2)) and phases_rest(s, ls, c[1], c[2], l_2)) and all_belong_b(s, n0, l_2))
    if c[0] == 'LimitSetFails':
        return (rest_b(s, ls, c[1], c[2]) and astray_b(s, n0, ends_of(s, ls, c[1], c[2]), c[3], c[4]))
    if c[0] == 'LimitSetBasin':
        l_3 = basin_ends(s, ls, c[1])
        return ((basin_b(s, ls, c[1]) and factorisation_b(s, True, c[2], c[3])) and all_belong_b(s, n0, l_3))
    if c[0] == 'LimitSetBasinRigid':
        l_4 = basin_ends(s, ls, c[1])
        return ((basin_b(s, ls, c[1]) and rigid_ends_b(s, l_4)) and all_belong_b(s, n0, l_4))
    if c[0] == 'LimitSetBasinFails':
        return (basin_b(s, ls, c[1]) and astray_b(s, n0, basin_ends(s, ls, c[1]), c[2], c[3]))
    if c[0] == 'LimitSetDiverges':
        return diverges_b(s, ls, c[1], c[2], c[3], c[4], c[5])
    if c[0] == 'LimitSetSpreads':
        return spreads_b(s, ls, c[1], c[2], c[3], c[4], c[5], c[6])
    if c[0] == 'SettlesHolds':
        if itinerary_b(s, ls, c[1]):
            def function_3(r):
                it_12 = layer_at(ls, (c[1][0] + r))
                it_13 = layer_at(ls, c[1][0])
                return owns_eqb(it_12[2], it_13[2])
            return below(c[1][1], function_3)
        return False
    if c[0] == 'SettlesFails':
        return (((itinerary_b(s, ls, c[1]) and (c[2] < n0)) and (c[3] < c[1][1])) and negb(below(n0, (lambda j_3: eqb(follows(layer_at(ls, (c[1][0] + c[3])), c[2], j_3), follows(layer_at(ls, c[1][0]), c[2], j_3))))))
    return qle_bool((0, 1), s[1])


def check(s: Any, n: Any, k: Any, claims: Any) -> Any:
    if wellformed(s):
        ls = build(s, k)
        return forallb((lambda _3: check_claim(s, n, ls, _3)), claims)
    return False


def by_lemma(e: Any, c: Any) -> Any:
    return ((c[0] == 'Signed' and (False if c[1] else (c[2] and (False if c[3] else True)))) if e[0] == 'AllNorm' else (c[0] == 'Signed' and (False if c[1] else True)) if e[0] == 'AllApart' else (c[0] == 'Signed' and (c[1] and c[2])) if e[0] == 'AllConverge' else True)


def step_allows(e: Any, alpha: Any, tau: Any) -> Any:
    return (qle_bool((0, 1), tau) if e[0] == 'AllNorm' else qlt_bool((0, 1), alpha) if e[0] == 'AllConverge' else qle_bool((0, 1), alpha))


def total(d: Any, b: Any, x: Any, y: Any) -> Any:
    return reduced_sum(d, (lambda r: qmult(reduced_dot(d, (lambda _2: entry(b, r, _2)), x), y(r))))


def total_of(d: Any, b: Any, ts: Any) -> Any:
    return fold_right((lambda t: lambda acc: qred(qplus(qmult(fst(t), total(d, b, fst(snd(t)), snd(snd(t)))), acc))), (0, 1), ts)


def is_signed(c: Any) -> Any:
    return (c[0] == 'Signed' and True)


def is_strict(c: Any) -> Any:
    return (c[0] == 'Signed' and c[2])


def sign_of(c: Any) -> Any:
    return (sign(c[1]) if c[0] == 'Signed' else (1, 1))


def cut_term(c: Any, q0: Any) -> Any:
    return (qred(qmult(sign_of(c), fst(q0))), (snd(q0), snd(q0)))


def scale(w: Any, ts: Any) -> Any:
    return map((lambda t: (qred(qmult(w, fst(t))), snd(t))), ts)


def all_terms(c: Any, ws: Any, cuts: Any) -> Any:
    return (flat_map((lambda q0: scale(fst(q0), snd(snd(q0)))), ws) + map((lambda _1: cut_term(c, _1)), cuts))


def contradiction(f: Any, ws: Any, cuts: Any) -> Any:
    d = len(f[1])
    ts = all_terms(f[0], ws, cuts)
    def function(q0):
        it = fst(snd(q0))
        if it[0] == 'Zero':
            return True
        return qle_bool((0, 1), fst(q0))
    if ((forallb(function, ws) and forallb((lambda q0_2: (is_signed(f[0]) and qle_bool((0, 1), fst(q0_2)))), cuts)) and forallb((lambda b: qeq_bool(total_of(d, b, ts), (0, 1))), f[2])):
        if qlt_bool(total_of(d, f[1], ts), (0, 1)):
            return True
        if qeq_bool(total_of(d, f[1], ts), (0, 1)):
            def function_2(q0_2):
                it_2 = fst(snd(q0_2))
                if it_2[0] == 'Positive':
                    return qlt_bool((0, 1), fst(q0_2))
                return False
            if existsb(function_2, ws):
                return True
            return existsb((lambda q0_3: ((is_strict(f[0]) and qlt_bool((0, 1), fst(q0_3))) and negb(same_b(d, snd(q0_3), (lambda x: (0, 1)))))), cuts)
        return False
    return False


def nothing_said(n: Any) -> Any:
    return ((((),) * (n + 1)), False, 0)


def bool_list_eqb(a: Any, b: Any) -> Any:
    return (list_eq_dec((lambda _0: lambda _1: bool_dec(_0, _1)), a, b) and True)


def place(p: Any, i: Any, r: Any) -> Any:
    return (zentry(p[1], i, r), z_to_pos(p[2]))


def cmp(p: Any, i: Any, j: Any, l: Any) -> Any:
    return (((1, 1), ((lambda _2: place(p, i, _2)), (lambda _2: place(p, j, _2)))), *((((-1), 1), ((lambda _2: place(p, i, _2)), (lambda _2: place(p, l, _2)))),))


def alike(f: Any, p: Any, i: Any, a: Any, b: Any) -> Any:
    return forallb((lambda b0: qeq_bool(total(len(f[1]), b0, (lambda _2: place(p, i, _2)), (lambda _2: place(p, a, _2))), total(len(f[1]), b0, (lambda _2: place(p, i, _2)), (lambda _2: place(p, b, _2))))), (f[1], *f[2]))


def group(f: Any, p: Any, i: Any, r: Any) -> Any:
    return map((lambda _4: alike(f, p, i, r, _4)), seq(0, len(f[4])))


def first_alike(f: Any, p: Any, i: Any, j: Any) -> Any:
    it = find((lambda a: alike(f, p, i, a, j)), seq(0, len(f[4])))
    if it is not None:
        return it[0]
    return j


def reps(f: Any, p: Any, i: Any) -> Any:
    return filter((lambda j: (first_alike(f, p, i, j) == j)), seq(0, len(f[4])))


def set_nth(l: Any, i: Any, x: Any) -> Any:
    later = []
    while True:
        if not l:
            return unwound(later, ())
        t = l[1:]
        if i == 0:
            return unwound(later, (x, *t))
        i_2 = (i - 1)
        later.append(lambda result, l=l: (l[0], *result))
        l, i = t, i_2
        continue


def now(p: Any) -> Any:
    return len(p[0])


def deciding(p: Any, i: Any, own: Any, known: Any, o: Any) -> Any:
    return (p[0], p[1], p[2], set_nth(p[3], i, (own,)), p[4], (known + p[5]), o)


def idling(p: Any, i: Any, known: Any) -> Any:
    return (p[0], p[1], p[2], p[3], (i, *p[4]), (known + p[5]), p[6])


def orb_list(a: Any, b: Any) -> Any:
    later = []
    while True:
        if not a:
            return unwound(later, ())
        a_2 = a[1:]
        if not b:
            return unwound(later, ())
        b_2 = b[1:]
        later.append(lambda result, a=a, b=b: ((a[0] or b[0]), *result))
        a, b = a_2, b_2
        continue


def attending(f: Any, p: Any, i: Any, own: Any) -> Any:
    j = first_true(own)
    return map((lambda l: (('Compare', now(p), i, j, l), ((('Zero',) if nth(l, own, False) else ('Positive',)), cmp(p, i, j, l)))), filter((lambda l: negb((l == j))), seq(0, len(f[4]))))


def alone(f: Any, i: Any) -> Any:
    return map((lambda _1: (i == _1)), seq(0, len(f[4])))


def positions(before: Any, l: Any) -> Any:
    later = []
    while True:
        if not l:
            return unwound(later, ())
        t = l[1:]
        later.append(lambda result, before=before, l=l, t=t: (((before, l[0]), t), *result))
        before, l = (before + (l[0],)), t
        continue


def leading_cases(f: Any, g: Any, p: Any, i: Any) -> Any:
    return ((deciding(p, i, alone(f, i), attending(f, p, i, alone(f, i)), ()), *(idling(p, i, ()),)) if (0 < g[0][2]) else map((lambda j: idling(p, i, ((('Compare', now(p), i, j, i), (('NotNegative',), cmp(p, i, j, i))),))), filter((lambda j: negb((j == i))), seq(0, len(f[4])))))


def set_cases(f: Any, g: Any, p: Any, i: Any) -> Any:
    return map((lambda q0: deciding(p, i, group(f, p, i, q0[0][1]), (map((lambda b: (('Compare', now(p), i, q0[0][1], b), (('Positive',), cmp(p, i, q0[0][1], b)))), q0[0][0]) + map((lambda b: (('Compare', now(p), i, q0[0][1], b), ((('NotNegative',) if g[1] else ('Positive',)), cmp(p, i, q0[0][1], b)))), q0[1])), (map((lambda b: (i, q0[0][1], b, group(f, p, i, b))), q0[1]) if g[1] else ()))), positions((), reps(f, p, i)))


def split(f: Any, g: Any, p: Any, i: Any) -> Any:
    if not p[6]:
        it = nth(i, p[3], None)
        if it is not None:
            return None
        return (None if existsb((lambda _1: (i == _1)), p[4]) else ((leading_cases(f, g, p, i),) if ((now(p) == last_layer(g[0])) and (g[0][1] or (0 < g[0][2]))) else (set_cases(f, g, p, i),)))
    later_2 = p[6][1:]
    it_2 = nth(i, p[3], None)
    if it_2 is not None:
        if (p[6][0][0] == i):
            k = ('Compare', now(p), i, p[6][0][1], p[6][0][2])
            return ((deciding(p, i, orb_list(it_2[0], p[6][0][3]), ((k, (('Zero',), cmp(p, i, p[6][0][1], p[6][0][2]))),), later_2), *(deciding(p, i, it_2[0], ((k, (('Positive',), cmp(p, i, p[6][0][1], p[6][0][2]))),), later_2),)),)
        return None
    return None


def enter(f: Any, g: Any, past: Any, num: Any, den: Any, known: Any) -> Any:
    it = len(past)
    sets = map((lambda _2: given(g[0], it, _2)), seq(0, len(f[4])))
    p = (past, num, den, sets, (), known, ())
    def function(i):
        it_2 = given(g[0], len(past), i)
        if it_2 is not None:
            return attending(f, p, i, it_2[0])
        return ()
    return (past, num, den, sets, (), (flat_map(function, seq(0, len(f[4]))) + known), ())


def root(f: Any, g: Any) -> Any:
    return enter(f, g, (), zmatrix(f[4]), zden(f[4]), ())


def all_decided(p: Any) -> Any:
    return (not p[6] and forallb((lambda o: (o is not None and True)), p[3]))


def owns(p: Any) -> Any:
    return map((lambda o: (o[0] if o is not None else ())), p[3])


def here(p: Any) -> Any:
    return (p[1], p[2], owns(p))


def family_tau(f: Any) -> Any:
    return qred(qdiv(f[3], qplus((1, 1), f[3])))


def moves_on(g: Any, p: Any) -> Any:
    return (all_decided(p) and (now(p) < last_layer(g[0])))


def advance(f: Any, g: Any, p: Any) -> Any:
    it = zstep(len(f[1]), family_tau(f), p[1], p[2], owns(p))
    return enter(f, g, (p[0] + (here(p),)), it[0], it[1], p[5])


def advances(f: Any, g: Any, fuel: Any, p: Any) -> Any:
    later = []
    while True:
        if fuel == 0:
            return unwound(later, p)
        m = (fuel - 1)
        if moves_on(g, p):
            fuel, p = m, advance(f, g, p)
            continue
        return unwound(later, p)


def comparison_eqb(a: Any, b: Any) -> Any:
    return ((((((a[1] == b[1]) and (a[2] == b[2])) and (a[3] == b[3])) and (a[4] == b[4])) if b[0] == 'Compare' else False if b[0] == 'Grown' else unknown(b)) if a[0] == 'Compare' else (False if b[0] == 'Compare' else ((a[1] == b[1]) and (a[2] == b[2])) if b[0] == 'Grown' else unknown(b)) if a[0] == 'Grown' else unknown(a))


def lookup(known: Any, k: Any) -> Any:
    it = find((lambda q0: comparison_eqb(fst(q0), k)), known)
    if it is not None:
        return (snd(it[0]),)
    return None


def closes_b(f: Any, known: Any, data: Any) -> Any:
    def function(q0):
        it = lookup(known, fst(q0))
        if it is not None:
            return True
        return False
    if (forallb(function, fst(data)) and forallb((lambda q0_2: (len(snd(q0_2)) == len(f[1]))), snd(data))):
        def function_2(q0_2):
            it_2 = lookup(known, fst(q0_2))
            if it_2 is not None:
                return ((snd(q0_2), it_2[0]),)
            return ()
        def function_3(q0_3):
            it_3 = snd(q0_3)
            return (fst(q0_3), (lambda _1: vec(it_3, _1)))
        return contradiction(f, flat_map(function_2, fst(data)), map(function_3, snd(data)))
    return False


def growth_b(f: Any, p: Any, q0: Any, leaves: Any) -> Any:
    moving = filter((lambda i: negb(same_b(len(f[1]), (lambda _2: place(p, i, _2)), (lambda _2: place(q0, i, _2))))), seq(0, len(f[4])))
    if (len(leaves) == len(moving)):
        def function(e):
            i = fst(e)
            return closes_b(f, ((('Grown', now(p), i), (('NotNegative',), (((1, 1), ((lambda _2: place(p, i, _2)), (lambda _2: place(p, i, _2)))), *((((-1), 1), ((lambda _2: place(q0, i, _2)), (lambda _2: place(q0, i, _2)))),)))), *q0[5]), snd(e))
        return forallb(function, combine(moving, leaves))
    return False


def unions(base: Any, groups: Any) -> Any:
    return ((base,) if not groups else (unions(base, groups[1:]) + map((lambda _1: orb_list(groups[0], _1)), unions(base, groups[1:]))))


def open_sets(f: Any, p: Any, i: Any) -> Any:
    it = nth(i, p[3], None)
    if it is not None:
        return unions(it[0], map((lambda o: o[3]), filter((lambda o: (o[0] == i)), p[6])))
    return unions(map((lambda x: False), seq(0, len(f[4]))), map((lambda _3: group(f, p, i, _3)), reps(f, p, i)))


def mean_of(f: Any, p: Any, own: Any, r: Any) -> Any:
    return qdiv(reduced_sum(len(f[4]), (lambda j: (place(p, j, r) if nth(j, own, False) else (0, 1)))), reduced_sum(len(f[4]), (lambda j: ((1, 1) if nth(j, own, False) else (0, 1)))))


def next_places(f: Any, p: Any, i: Any) -> Any:
    it = (lambda b: b)
    return map((lambda own: map((lambda r: qred(qplus(place(p, i, r), qmult(family_tau(f), qminus(mean_of(f, p, own, r), place(p, i, r)))))), seq(0, len(f[1])))), filter((lambda _1: existsb(it, _1)), open_sets(f, p, i)))


def list_same(x: Any, y: Any) -> Any:
    later = []
    while True:
        if not x:
            return unwound(later, (not y and True))
        x_2 = x[1:]
        if not y:
            return unwound(later, False)
        y_2 = y[1:]
        if qeq_bool(x[0], y[0]):
            x, y = x_2, y_2
            continue
        return unwound(later, False)


def disjoint_b(a: Any, b: Any) -> Any:
    return forallb((lambda x: negb(existsb((lambda _1: list_same(x, _1)), b))), a)


def apart_b(f: Any, p: Any) -> Any:
    places = map((lambda _2: next_places(f, p, _2)), seq(0, len(f[4])))
    return below(len(f[4]), (lambda i: below(i, (lambda j: (same_b(len(f[1]), (lambda _2: place(p, i, _2)), (lambda _2: place(p, j, _2))) or disjoint_b(nth(i, places, ()), nth(j, places, ())))))))


def rule_b(f: Any, r: Any, ls: Any, m: Any, c: Any) -> Any:
    return ((c[0] == 'HullLayers' and check_claim(member_lists(f, (lambda x: (0, 1))), m, ls, c)) if r[0] == 'AllHull' else (c[0] == 'NormLayers' and True) if r[0] == 'AllNorm' else (c[0] == 'PersistLayers' and check_claim(member_lists(f, (lambda x: (0, 1))), m, ls, c)) if r[0] == 'AllPersist' else (c[0] == 'ApartLayers' and check_claim(member_lists(f, (lambda x: (0, 1))), m, ls, c)) if r[0] == 'AllApart' else (c[0] == 'ExtremeLayers' and check_claim(member_lists(f, (lambda x: (0, 1))), m, ls, c)) if r[0] == 'AllExtreme' else False if r[0] == 'AllConverge' else unknown(r))


def needs_no_sets(r: Any) -> Any:
    return (True if r[0] == 'AllHull' else True if r[0] == 'AllNorm' else True if r[0] == 'AllApart' else False)


def holds_b(f: Any, g: Any, p: Any, c: Any) -> Any:
    return (g[2][0] == 'Statement' and ((((now(p) == last_layer(g[0])) and (all_decided(p) or needs_no_sets(g[2][1]))) and rule_b(f, g[2][1], (p[0] + (here(p),)), last_layer(g[0]), c)) or (g[2][1][0] == 'AllApart' and ((((now(p) + 1) == last_layer(g[0])) and rule_b(f, g[2][1], (p[0] + (here(p),)), now(p), c)) and apart_b(f, p)))))


def definite_b(f: Any, x: Any, lower: Any, diagonal: Any) -> Any:
    s = member_lists(f, (lambda _1: vec(x, _1)))
    return (True if f[0][0] == 'General' else symmetric_b(s) if f[0][0] == 'SymmetricOnly' else ((f[0][3] or symmetric_b(s)) and factorisation_b((negated(s) if f[0][1] else s), f[0][2], lower, diagonal)) if f[0][0] == 'Signed' else unknown(f[0]))


def member_b(f: Any, m: Any) -> Any:
    return ((len(m[0]) == len(f[2])) and definite_b(f, m[0], m[1], m[2]))


def run_of(f: Any, g: Any, m: Any) -> Any:
    return build(member_lists(f, (lambda _1: vec(m[0], _1))), last_layer(g[0]))


def same_sets(ls: Any, it: Any) -> Any:
    it_2 = (lambda _0: lambda _1: bool_dec(_0, _1))
    it_3 = (lambda _1: lambda _2: list_eq_dec(it_2, _1, _2))
    if list_eq_dec((lambda _1: lambda _2: list_eq_dec(it_3, _1, _2)), map((lambda l: l[2]), ls), it):
        return True
    return False


def itinerary_here(p: Any) -> Any:
    return (map((lambda l: l[2]), p[0]) + (owns(p),))


def listed_b(f: Any, g: Any, p: Any, m: Any) -> Any:
    return (g[2][0] == 'Itinerary' and ((((now(p) == last_layer(g[0])) and all_decided(p)) and member_b(f, m)) and same_sets(run_of(f, g, m), itinerary_here(p))))


def too_few_b(f: Any, g: Any, p: Any) -> Any:
    if ((now(p) == last_layer(g[0])) and (not p[6] and True)):
        def function(i):
            it = nth(i, p[3], None)
            if it is not None:
                return negb(bool_list_eqb(it[0], alone(f, i)))
            return False
        return (len(f[4]) < (g[0][2] + (len(p[4]) + len(filter(function, seq(0, len(f[4])))))))
    return False


def grows_on_the_way(g: Any) -> Any:
    return (g[2][0] == 'Statement' and (g[2][1][0] == 'AllNorm' and True))


def arrived(f: Any, g: Any, p: Any) -> Any:
    return (p if grows_on_the_way(g) else advances(f, g, (last_layer(g[0]) + 1), p))


def check_tree(f: Any, g: Any, t: Any, p0: Any) -> Any:
    if t[0] == 'Split':
        if (t[1] < len(f[4])):
            it = split(f, g, arrived(f, g, p0), t[1])
            if it is not None:
                def all_2(ts, ps):
                    later = []
                    while True:
                        if not ts:
                            return unwound(later, (not ps and True))
                        ts_2 = ts[1:]
                        if not ps:
                            return unwound(later, False)
                        ps_2 = ps[1:]
                        if check_tree(f, g, ts[0], ps[0]):
                            ts, ps = ts_2, ps_2
                            continue
                        return unwound(later, False)
                return all_2(t[2], it[0])
            return False
        return False
    if t[0] == 'Contradiction':
        it_2 = advances(f, g, (last_layer(g[0]) + 1), p0)
        return closes_b(f, it_2[5], t[1])
    if t[0] == 'Growth':
        if (grows_on_the_way(g) and moves_on(g, p0)):
            p = advance(f, g, p0)
            return (growth_b(f, p0, p, t[1]) and check_tree(f, g, t[2], p))
        return False
    if t[0] == 'Holds':
        return holds_b(f, g, arrived(f, g, p0), t[1])
    if t[0] == 'Member':
        return listed_b(f, g, arrived(f, g, p0), t[1])
    if t[0] == 'TooFew':
        return too_few_b(f, g, arrived(f, g, p0))
    return unknown(t)


def family_wellformed(f: Any, g: Any) -> Any:
    if (wellformed(member_lists(f, (lambda x: (0, 1)))) and negb((len(g[0][0]) == 0))):
        it = (lambda o: (((len(o[0]) == len(f[4])) and existsb((lambda b: b), o[0])) if o is not None else True))
        return forallb((lambda _1: forallb(it, _1)), g[0][0])
    return False


def closed_b(f: Any, g: Any, t: Any) -> Any:
    return (family_wellformed(f, g) and check_tree(f, g, t, root(f, g)))


def layers_goal(n: Any, ties: Any, a: Any) -> Any:
    return (nothing_said(n), ties, a)


def realised_b(f: Any, g: Any, ls: Any) -> Any:
    n = len(f[4])
    n0 = last_layer(g)
    it = layer_at(ls, n0)
    leading = (lambda _2: leads(n, it, _2))
    if (n0 < len(ls)):
        def function(k):
            def function_2(i):
                it_2 = given(g, k, i)
                if it_2 is not None:
                    return below(n, (lambda j: eqb(follows(layer_at(ls, k), i, j), nth(j, it_2[0], False))))
                return True
            return below(n, function_2)
        found = below((n0 + 1), function)
    else:
        found = False
    if found:
        if negb(g[1]):
            found_3 = True
        else:
            def function_2(i):
                it_2 = given(g, n0, i)
                return implb(leading(i), (it_2 is not None and True))
            found_3 = below(n, function_2)
        found_2 = found_3
    else:
        found_2 = False
    if found_2:
        return (g[2] <= len(filter(leading, seq(0, n))))
    return False


def differs_at(m: Any, p: Any, x: Any, y: Any) -> Any:
    return below(m, (lambda q0: eqb((q0 == p), negb(qeq_bool(nth(q0, x, (0, 1)), nth(q0, y, (0, 1)))))))


def unit_at(p: Any, q0: Any) -> Any:
    return ((1, 1) if (q0 == p) else (0, 1))


def spanned_b(f: Any, members: Any) -> Any:
    m = len(f[2])
    if f[0][0] == 'General':
        return True
    if f[0][0] == 'SymmetricOnly':
        return below((m + 1), (lambda p: symmetric_b(member_lists(f, (lambda _1: unit_at(p, _1))))))
    if f[0][0] == 'Signed':
        if not members:
            return False
        rest = members[1:]
        if (member_b(f, members[0]) and (len(rest) == m)):
            def function(p):
                other = nth(p, rest, members[0])
                return (member_b(f, other) and differs_at(m, p, other[0], members[0][0]))
            return below(m, function)
        return False
    return unknown(f[0])


def check_family(f: Any, c: Any) -> Any:
    if c[0] == 'Unrealised':
        return closed_b(f, (c[1], True, ('Nobody',)), c[2])
    if c[0] == 'Realised':
        goal0 = (c[1], True, ('Nobody',))
        return ((family_wellformed(f, goal0) and member_b(f, c[2])) and realised_b(f, c[1], run_of(f, goal0, c[2])))
    if c[0] == 'Itineraries':
        return ((c[2] or spanned_b(f, c[3])) and closed_b(f, layers_goal(c[1], c[2], ('Itinerary',)), c[4]))
    if c[0] == 'AllByLemma':
        return (by_lemma(c[1], f[0]) and step_allows(c[1], f[3], family_tau(f)))
    if c[0] == 'AllOnLayers':
        return ((c[3] or spanned_b(f, c[4])) and closed_b(f, layers_goal(c[2], c[3], ('Statement', c[1])), c[5]))
    return unknown(c)
