"""Generated from the proofs by ``translate.py``; not to be edited."""

# ruff: noqa
# mypy: ignore-errors
from proofs_checks.verified.native import unwound, combine, concat, existsb, filter, find, flat_map, fold_right, forallb, map, nth, seq, z_div, z_gcd, z_ggcd, z_lcm, z_to_pos


def implb(b1, b2):
    if b1:
        return b2
    return True

def negb(b):
    if b:
        return False
    return True

def fst(p):
    return p[0]

def snd(p):
    return p[1]

def pred(n):
    if n == 0:
        return n
    u = (n - 1)
    return u

def bool_dec(b1, b2):
    if b1:
        if b2:
            return True
        return False
    if b2:
        return False
    return True

def eqb(b1, b2):
    if b1:
        return b2
    if b2:
        return False
    return True

def in_dec(h, a, l):
    while True:
        if not l:
            return False
        l0 = l[1:]
        s = h(l[0])(a)
        if s:
            return True
        l = l0
        continue

def list_eq_dec(eq_dec, l, l_):
    while True:
        if not l:
            if not l_:
                return True
            return False
        l0 = l[1:]
        if not l_:
            return False
        l1 = l_[1:]
        it = eq_dec(l[0])(l_[0])
        if it:
            l, l_ = l0, l1
            continue
        return False

def nodup(decA, l):
    later = []
    while True:
        if not l:
            return unwound(later, ())
        xs = l[1:]
        it = in_dec(decA, l[0], xs)
        if it:
            l = xs
            continue
        later.append(lambda result, l=l: (l[0], *result))
        l = xs
        continue

def qeq_bool(x, y):
    return (((x[0]) * (y[1])) == ((y[0]) * (x[1])))

def qle_bool(x, y):
    return (((x[0]) * (y[1])) <= ((y[0]) * (x[1])))

def qplus(x, y):
    return ((((x[0]) * (y[1])) + ((y[0]) * (x[1]))), ((x[1]) * (y[1])))

def qmult(x, y):
    return (((x[0]) * (y[0])), ((x[1]) * (y[1])))

def qopp(x):
    return ((-(x[0])), (x[1]))

def qinv(x):
    it = (x[0])
    if it == 0:
        return (0, 1)
    if it > 0:
        return ((x[1]), it)
    p = (-it)
    return ((-(x[1])), p)

def qdiv(x, y):
    return qmult(x, qinv(y))

def qred(q0):
    it = snd(z_ggcd(q0[0], q0[1]))
    return (it[0], z_to_pos(it[1]))

def sum_(n, f):
    later = []
    while True:
        if n == 0:
            return unwound(later, (0, 1))
        m = (n - 1)
        later.append(lambda result, f=f, m=m: qplus(result, f(m)))
        n = m
        continue

def entry(m, i, j):
    return nth(j, nth(i, m, ()), (0, 1))

def vec(l, r):
    return nth(r, l, (0, 1))

def zentry(m, i, j):
    return nth(j, nth(i, m, ()), 0)

def zdot(x, y):
    later = []
    while True:
        if not x:
            return unwound(later, 0)
        x_ = x[1:]
        if not y:
            return unwound(later, 0)
        y_ = y[1:]
        later.append(lambda result, x=x, y=y: ((x[0] * y[0]) + result))
        x, y = x_, y_
        continue

def zmax(row):
    if not row:
        return 0
    t = row[1:]
    return fold_right((lambda _0: lambda _1: max(_0, _1)), row[0], t)

def zscores(zA, num):
    def function(x):
        dir_3 = map((lambda row_2: zdot(row_2, x)), zA)
        return map((lambda more_2: zdot(dir_3, more_2)), num)
    return map(function, num)

def zattended(scores):
    def function(row):
        m_2 = zmax(row)
        return map((lambda more_2: (m_2 == more_2)), row)
    return map(function, scores)

def zadd(x, y):
    later = []
    while True:
        if not x:
            return unwound(later, ())
        x_ = x[1:]
        if not y:
            return unwound(later, ())
        y_ = y[1:]
        later.append(lambda result, x=x, y=y: ((x[0] + y[0]), *result))
        x, y = x_, y_
        continue

def zsums(dm, own, pts):
    later = []
    while True:
        if not own:
            return unwound(later, ((0,) * dm))
        own_ = own[1:]
        if not pts:
            return unwound(later, ((0,) * dm))
        pts_ = pts[1:]
        if own[0]:
            later.append(lambda result, pts=pts: zadd(pts[0], result))
            own, pts = own_, pts_
            continue
        own, pts = own_, pts_
        continue

def zcount(own):
    return fold_right((lambda b: lambda n: ((n + 1) if b else n)), 0, own)

def zlcm(l):
    return fold_right((lambda _0: lambda _1: z_lcm(_0, _1)), 1, l)

def zgcd(l):
    return fold_right((lambda _0: lambda _1: z_gcd(_0, _1)), 0, l)

def zcomb(a, b, x, y):
    later = []
    while True:
        if not x:
            return unwound(later, ())
        x_ = x[1:]
        if not y:
            return unwound(later, ())
        y_ = y[1:]
        later.append(lambda result, a=a, b=b, x=x, y=y: (((a * x[0]) + (b * y[0])), *result))
        x, y = x_, y_
        continue

def zmoves(dm, tn, td, m, pts, xs, owns0):
    later = []
    while True:
        if not xs:
            return unwound(later, ())
        xs_ = xs[1:]
        if not owns0:
            return unwound(later, ())
        owns_ = owns0[1:]
        later.append(lambda result, dm=dm, m=m, owns0=owns0, pts=pts, td=td, tn=tn, xs=xs: (zcomb(((td - tn) * m), (tn * z_div(m, zcount(owns0[0]))), xs[0], zsums(dm, owns0[0], pts)), *result))
        xs, owns0 = xs_, owns_
        continue

def zreduce(num, den):
    g = zgcd((den, *concat(num)))
    it = (lambda x: z_div(x, g))
    return (map((lambda more: map(it, more)), num), z_div(den, g))

def zstep(dm, t, num, den, owns0):
    m = zlcm(map(zcount, owns0))
    return zreduce(zmoves(dm, (t[0]), (t[1]), m, num, num, owns0), ((den * (t[1])) * m))

def zden(m):
    return zlcm(map((lambda q0: (q0[1])), concat(m)))

def zscale(c, q0):
    return ((q0[0]) * z_div(c, (q0[1])))

def rect(m, c):
    return forallb((lambda row: (len(row) == c)), m)

def wellformed(s):
    return ((((rect((s[0]), len((s[0]))) and rect((s[2]), len((s[0])))) and negb(qeq_bool((s[1]), (-1, 1)))) and negb((len((s[0])) == 0))) and negb((len((s[2])) == 0)))

def make_layer(zA, num, den):
    return (num, den, zattended(zscores(zA, num)))

def build_from(dm, t, zA, l, k):
    later = []
    while True:
        if k == 0:
            return unwound(later, (l,))
        k_ = (k - 1)
        it = zstep(dm, t, (l[0]), (l[1]), (l[2]))
        later.append(lambda result, l=l: (l, *result))
        l, k = make_layer(zA, it[0], it[1]), k_
        continue

def zmatrix(m):
    c = zden(m)
    it = (lambda more: zscale(c, more))
    return map((lambda more_2: map(it, more_2)), m)

def tau_of(s):
    return qred(qdiv((s[1]), qplus((1, 1), (s[1]))))

def build(s, k):
    zA = zmatrix((s[0]))
    return build_from(len((s[0])), tau_of(s), zA, make_layer(zA, zmatrix((s[2])), zden((s[2]))), k)

def reduced_sum(n, f):
    later = []
    while True:
        if n == 0:
            return unwound(later, (0, 1))
        m = (n - 1)
        later.append(lambda result, f=f, m=m: qred(qplus(result, f(m))))
        n = m
        continue

def below(n, f):
    return forallb(f, seq(0, n))

def qlt_bool(x, y):
    return negb(qle_bool(y, x))

def same_b(d, x, y):
    return below(d, (lambda r: qeq_bool(x(r), y(r))))

def reduced_dot(d, x, y):
    return reduced_sum(d, (lambda r: qmult(x(r), y(r))))

def reduced_form(s, x, y):
    d = len((s[0]))
    def function(r):
        it_2 = (s[0])
        return reduced_dot(d, (lambda more_2: entry(it_2, r, more_2)), x)
    return reduced_dot(d, function, y)

def lsum(ps, f):
    return fold_right((lambda p: lambda acc: qred(qplus(f(p), acc))), (0, 1), ps)

def convex_b(n, ps):
    return (forallb((lambda p: ((fst(p) < n) and qle_bool((0, 1), snd(p)))), ps) and qeq_bool(lsum(ps, snd), (1, 1)))

def is_combination(d, n, ps, y, x):
    return (convex_b(n, ps) and below(d, (lambda r: qeq_bool(lsum(ps, (lambda p: qmult(snd(p), y(fst(p))(r)))), x(r)))))

no_layer = ((), 1, ())

def layer_at(ls, k):
    return nth(k, ls, no_layer)

def point(l, i, r):
    return (zentry((l[0]), i, r), z_to_pos((l[1])))

def follows(l, i, j):
    return nth(j, nth(i, (l[2]), ()), False)

def leads(n, l, i):
    return below(n, (lambda j: eqb(follows(l, i, j), (j == i))))

def factorisation_b(s, strict, lower, diagonal):
    d = len((s[0]))
    so = (((len(lower) == d) and rect(lower, d)) and (len(diagonal) == d))
    if so:
        def function_2(i):
            def function_3(j_2):
                it_9 = (i <= j_2)
                if it_9:
                    it_10 = (i == j_2)
                    return qeq_bool(entry(lower, i, j_2), ((1, 1) if it_10 else (0, 1)))
                return True
            return below(d, function_3)
        so = below(d, function_2)
    return ((so and below(d, (lambda i_2: below(d, (lambda j_3: qeq_bool(qmult((2, 1), reduced_sum(d, (lambda k: qmult(qmult(entry(lower, i_2, k), vec(diagonal, k)), entry(lower, j_3, k))))), qplus(entry((s[0]), i_2, j_3), entry((s[0]), j_3, i_2)))))))) and below(d, (lambda k_2: (qlt_bool((0, 1), vec(diagonal, k_2)) if strict else qle_bool((0, 1), vec(diagonal, k_2))))))

def negated(s):
    return (map((lambda more: map(qopp, more)), (s[0])), (s[1]), (s[2]))

def symmetric_b(s):
    d = len((s[0]))
    return below(d, (lambda i: below(d, (lambda j: qeq_bool(entry((s[0]), i, j), entry((s[0]), j, i))))))

def zrows_ok(owns0, m):
    def function(p):
        it_2 = find(fst, combine(fst(p), snd(p)))
        if it_2 is not None:
            return forallb((lambda x_2: (x_2 <= it_2[0][1])), snd(p))
        return False
    return forallb(function, combine(owns0, m))

def zdiff(mu, later_2, earlier):
    return map((lambda p: zcomb((mu[1]), (-(mu[0])), fst(p), snd(p))), combine(later_2, earlier))

def zlevel(mu, level):
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

def levels_ok(owns0, nodes, level):
    while True:
        if not level:
            return False
        if not nodes:
            it = 0
            it_2 = (lambda more: (it == more))
            return forallb((lambda more_2: forallb(it_2, more_2)), level[0])
        rest = nodes[1:]
        if not zrows_ok(owns0, level[0]):
            return False
        nodes, level = rest, zlevel(nodes[0], level)
        continue

def zscaled(common, l):
    f = z_div(common, (l[1]))
    it = (lambda more: (f * more))
    return map((lambda more_2: map(it, more_2)), (l[0]))

def owns_eqb(a, b):
    it = (lambda _0: lambda _1: bool_dec(_0, _1))
    it_2 = list_eq_dec((lambda more: lambda more_2: list_eq_dec(it, more, more_2)), a, b)
    if it_2:
        return True
    return False

def itinerary_b(s, ls, it):
    zA = zmatrix((s[0]))
    n = len((it[2]))
    k = (it[0])
    p = (it[1])
    so = (0 < p)
    if so:
        it_2 = (0, 1)
        so = forallb((lambda more: qlt_bool(it_2, more)), (it[2]))
    so_4 = (so and (((k + max(p - 1, 0)) + (p * n)) < len(ls)))
    if so_4:
        def function(r):
            here_2 = map((lambda j_2: layer_at(ls, ((k + r) + (p * j_2)))), seq(0, (n + 1)))
            it_4 = layer_at(ls, (k + r))
            owns0_2 = (it_4[2])
            so_3 = forallb((lambda l_4: owns_eqb((l_4[2]), owns0_2)), here_2)
            if so_3:
                common_2 = zlcm(map((lambda l_5: (l_5[1])), here_2))
                so_3 = levels_ok(owns0_2, (it[2]), map((lambda l_6: zscores(zA, zscaled(common_2, l_6))), here_2))
            return so_3
        so_4 = below(p, function)
    return so_4

def first_true(a):
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

def exposes_b(d, n, f, l, i):
    return below(n, (lambda j: (same_b(d, (lambda more: point(l, j, more)), (lambda more_2: point(l, i, more_2))) or qlt_bool(reduced_dot(d, f, (lambda more_3: point(l, j, more_3))), reduced_dot(d, f, (lambda more_4: point(l, i, more_4)))))))

def grows(s, a, b, i):
    d = len((s[0]))
    before = reduced_form(s, (lambda more: point(a, i, more)), (lambda more_2: point(a, i, more_2)))
    after = reduced_form(s, (lambda more_3: point(b, i, more_3)), (lambda more_4: point(b, i, more_4)))
    return (qlt_bool(before, after) or (qeq_bool(before, after) and same_b(d, (lambda more_5: point(b, i, more_5)), (lambda more_6: point(a, i, more_6)))))

def chain(ls, n, f):
    return ((n < len(ls)) and below(n, (lambda k: f(k)(layer_at(ls, k))(layer_at(ls, (k + 1))))))

def first_lead(n, ls, n0, i):
    return find((lambda k: leads(n, layer_at(ls, k), i)), seq(0, (n0 + 1)))

def leaders_named(n, ls, n0, every, named):
    so = ((n0 < len(ls)) and (len(nodup((lambda _0: lambda _1: (_0 == _1)), map((lambda e: fst(fst(e))), named))) == len(named)))
    if so:
        def function(i):
            it_2 = first_lead(n, ls, n0, i)
            if it_2 is not None:
                return existsb((lambda e_3: ((fst(fst(e_3)) == i) and (snd(fst(e_3)) == it_2[0]))), named)
            return True
        so = below(n, function)
    so_4 = so
    if so_4:
        def function_2(e_4):
            so_3 = (fst(fst(e_4)) < n)
            if so_3:
                it_4 = first_lead(n, ls, n0, fst(fst(e_4)))
                so_3 = ((snd(fst(e_4)) == it_4[0]) if it_4 is not None else False)
            return (so_3 and (len(snd(e_4)) == (1 if every else (max(n0 - snd(fst(e_4)), 0) + 1))))
        so_4 = forallb(function_2, named)
    return so_4

def exposed_named(d, n, ls, named):
    def function_2(e):
        def function_3(t_2):
            f_4 = nth(t_2, snd(e), ())
            return ((len(f_4) == d) and exposes_b(d, n, (lambda more_4: vec(f_4, more_4)), layer_at(ls, (snd(fst(e)) + t_2)), fst(fst(e))))
        return below(len(snd(e)), function_3)
    return forallb(function_2, named)

def combine_b(ls, k, p, w, r, i, x):
    return reduced_sum(len(w), (lambda j: qmult(nth(j, w, (0, 1)), point(layer_at(ls, (k + (r + (p * j)))), i, x))))

def equal_combinations(n, d, f, g):
    return below(n, (lambda i: below(d, (lambda x: qeq_bool(f(i)(x), g(i)(x))))))

def diverges_b(s, ls, it, w, factor, i, r):
    d = len((s[0]))
    n = len((s[2]))
    k = (it[0])
    p = (it[1])
    f = (lambda more: lambda more_2: lambda more_3: combine_b(ls, k, p, w, more, more_2, more_3))
    so = (((((itinerary_b(s, ls, it) and ((k + (p + (p * len(w)))) < len(ls))) and (i < n)) and (r < p)) and existsb((lambda x: negb(qeq_bool(x, (0, 1)))), w)) and equal_combinations(n, d, f(p), (lambda i0: lambda x_2: qmult(factor, f(0)(i0)(x_2)))))
    if so:
        it_2 = (r == 0)
        so = (((qlt_bool((1, 1), factor) or (qeq_bool(factor, (1, 1)) and qeq_bool(reduced_sum(len(w), (lambda j: nth(j, w, (0, 1)))), (0, 1)))) and negb(same_b(d, f(0)(i), (lambda __2: (0, 1))))) if it_2 else (qeq_bool(factor, (1, 1)) and negb(same_b(d, f(r)(i), f(0)(i)))))
    return so

def rest_b(s, ls, it, w):
    k = (it[0])
    p = (it[1])
    f = (lambda more: lambda more_2: lambda more_3: combine_b(ls, k, p, w, more, more_2, more_3))
    return ((((itinerary_b(s, ls, it) and ((k + (p + (p * len(w)))) < len(ls))) and qeq_bool(reduced_sum(len(w), (lambda j: nth(j, w, (0, 1)))), (1, 1))) and qle_bool((0, 1), (s[1]))) and equal_combinations(len((s[2])), len((s[0])), f(p), f(0)))

def exposes_limit(d, n, f, l, i):
    return below(n, (lambda j: (same_b(d, l(j), l(i)) or qlt_bool(reduced_dot(d, f, l(j)), reduced_dot(d, f, l(i))))))

def belongs_b(s, n, l, i):
    return (negb(same_b(len((s[0])), l(i), (lambda x: (0, 1)))) and below(n, (lambda j: qle_bool(reduced_form(s, l(i), l(j)), reduced_form(s, l(i), l(i))))))

def tabulate(n, d, l):
    return map((lambda i: map(l(i), seq(0, d))), seq(0, n))

def check_claim(s, n, ls, c):
    d = len((s[0]))
    n0 = len((s[2]))
    if c[0] == 'SymmetricHolds':
        return symmetric_b(s)
    if c[0] == 'SymmetricFails':
        return (((((c[1] < d) and (c[2] < d)) and qeq_bool(c[3], entry((s[0]), c[1], c[2]))) and qeq_bool(c[4], entry((s[0]), c[2], c[1]))) and negb(qeq_bool(c[3], c[4])))
    if c[0] == 'DefiniteHolds':
        return factorisation_b(s, True, c[1], c[2])
    if c[0] == 'DefiniteFails':
        return ((((len(c[1]) == d) and negb(same_b(d, (lambda more: vec(c[1], more)), (lambda x: (0, 1))))) and qeq_bool(c[2], reduced_form(s, (lambda more_2: vec(c[1], more_2)), (lambda more_3: vec(c[1], more_3))))) and qle_bool(c[2], (0, 1)))
    if c[0] == 'AlphaHolds':
        return qlt_bool((0, 1), (s[1]))
    if c[0] == 'AlphaFails':
        return (qeq_bool(c[1], (s[1])) and qle_bool(c[1], (0, 1)))
    if c[0] == 'NonzeroHolds':
        def function(i):
            it_2 = (s[2])
            return negb(same_b(d, (lambda more_5: entry(it_2, i, more_5)), (lambda __3: (0, 1))))
        return below(n0, function)
    if c[0] == 'NonzeroFails':
        so = (c[1] < n0)
        if so:
            it_3 = (s[2])
            so = same_b(d, (lambda more_6: entry(it_3, c[1], more_6)), (lambda __4: (0, 1)))
        return so
    if c[0] == 'DistinctHolds':
        def function_3(i_2):
            def function_4(j_2):
                it_10 = (s[2])
                it_11 = (s[2])
                return negb(same_b(d, (lambda more_13: entry(it_10, i_2, more_13)), (lambda more_14: entry(it_11, j_2, more_14))))
            return below(i_2, function_4)
        return below(n0, function_3)
    if c[0] == 'DistinctFails':
        so_2 = (((c[1] < n0) and (c[2] < n0)) and negb((c[1] == c[2])))
        if so_2:
            it_12 = (s[2])
            it_13 = (s[2])
            so_2 = same_b(d, (lambda more_15: entry(it_12, c[1], more_15)), (lambda more_16: entry(it_13, c[2], more_16)))
        return so_2
    if c[0] == 'HullLayers':
        return (((len(c[1]) == n) and forallb((lambda l: (len(l) == n0)), c[1])) and chain(ls, n, (lambda k: lambda a: lambda b: below(n0, (lambda i_3: is_combination(d, n0, nth(i_3, nth(k, c[1], ()), ()), (lambda more_17: lambda more_18: point(a, more_17, more_18)), (lambda more_19: point(b, i_3, more_19))))))))
    if c[0] == 'HullFails':
        so_3 = ((((c[1] < n) and ((c[1] + 1) < len(ls))) and (c[2] < n0)) and (len(c[3]) == d))
        if so_3:
            def function_5(j_3):
                it_15 = layer_at(ls, c[1])
                return qle_bool(reduced_dot(d, (lambda more_22: vec(c[3], more_22)), (lambda more_23: point(it_15, j_3, more_23))), c[4])
            so_3 = below(n0, function_5)
        so_4 = so_3
        if so_4:
            def function_6(j_4):
                it_17 = layer_at(ls, c[1])
                return qeq_bool(reduced_dot(d, (lambda more_26: vec(c[3], more_26)), (lambda more_27: point(it_17, j_4, more_27))), c[4])
            so_4 = existsb(function_6, seq(0, n0))
        so_5 = so_4
        if so_5:
            it_18 = layer_at(ls, (c[1] + 1))
            so_5 = qeq_bool(c[5], reduced_dot(d, (lambda more_28: vec(c[3], more_28)), (lambda more_29: point(it_18, c[2], more_29))))
        return (so_5 and qlt_bool(c[4], c[5]))
    if c[0] == 'NormEvery':
        return ((symmetric_b(s) and factorisation_b(s, True, c[1], c[2])) and qle_bool((0, 1), tau_of(s)))
    if c[0] == 'NormLayers':
        return chain(ls, n, (lambda __5: lambda a_2: lambda b_2: below(n0, (lambda more_30: grows(s, a_2, b_2, more_30)))))
    if c[0] == 'NormFails':
        so_6 = (((c[1] < n) and ((c[1] + 1) < len(ls))) and (c[2] < n0))
        if so_6:
            it_19 = layer_at(ls, c[1])
            it_20 = layer_at(ls, c[1])
            so_6 = qeq_bool(c[3], reduced_form(s, (lambda more_31: point(it_19, c[2], more_31)), (lambda more_32: point(it_20, c[2], more_32))))
        so_7 = so_6
        if so_7:
            it_21 = layer_at(ls, (c[1] + 1))
            it_22 = layer_at(ls, (c[1] + 1))
            so_7 = qeq_bool(c[4], reduced_form(s, (lambda more_33: point(it_21, c[2], more_33)), (lambda more_34: point(it_22, c[2], more_34))))
        return (so_7 and negb(grows(s, layer_at(ls, c[1]), layer_at(ls, (c[1] + 1)), c[2])))
    if c[0] == 'PersistLayers':
        return chain(ls, n, (lambda __6: lambda a_3: lambda b_3: below(n0, (lambda i_4: implb(leads(n0, a_3, i_4), leads(n0, b_3, i_4))))))
    if c[0] == 'PersistFails':
        return ((((((((c[1] < n0) and (c[4] < n0)) and (c[2] < c[3])) and (c[3] <= n)) and (c[3] < len(ls))) and leads(n0, layer_at(ls, c[2]), c[1])) and negb((c[1] == c[4]))) and follows(layer_at(ls, c[3]), c[1], c[4]))
    if c[0] == 'ApartEvery':
        return (factorisation_b(s, False, c[1], c[2]) and qle_bool((0, 1), (s[1])))
    if c[0] == 'ApartLayers':
        so_12 = (n < len(ls))
        if so_12:
            def function_8(i_5):
                def function_9(j_6):
                    it_35 = layer_at(ls, n)
                    it_36 = layer_at(ls, n)
                    so_11 = negb(same_b(d, (lambda more_47: point(it_35, i_5, more_47)), (lambda more_48: point(it_36, j_6, more_48))))
                    if not so_11:
                        it_37 = layer_at(ls, 0)
                        it_38 = layer_at(ls, 0)
                        so_11 = same_b(d, (lambda more_49: point(it_37, i_5, more_49)), (lambda more_50: point(it_38, j_6, more_50)))
                    return so_11
                return below(i_5, function_9)
            so_12 = below(n0, function_8)
        return so_12
    if c[0] == 'ApartFails':
        so_13 = (((((c[1] < n) and ((c[1] + 1) < len(ls))) and (c[2] < n0)) and (c[3] < n0)) and (len(c[4]) == d))
        if so_13:
            it_39 = layer_at(ls, c[1])
            it_40 = layer_at(ls, c[1])
            so_13 = negb(same_b(d, (lambda more_51: point(it_39, c[2], more_51)), (lambda more_52: point(it_40, c[3], more_52))))
        so_14 = so_13
        if so_14:
            it_41 = layer_at(ls, (c[1] + 1))
            so_14 = same_b(d, (lambda more_53: point(it_41, c[2], more_53)), (lambda more_54: vec(c[4], more_54)))
        so_15 = so_14
        if so_15:
            it_42 = layer_at(ls, (c[1] + 1))
            so_15 = same_b(d, (lambda more_55: point(it_42, c[3], more_55)), (lambda more_56: vec(c[4], more_56)))
        return so_15
    if c[0] == 'ExtremeEvery':
        return ((qle_bool((0, 1), (s[1])) and leaders_named(n0, ls, n, True, c[1])) and exposed_named(d, n0, ls, c[1]))
    if c[0] == 'ExtremeLayers':
        return (leaders_named(n0, ls, n, False, c[1]) and exposed_named(d, n0, ls, c[1]))
    if c[0] == 'ExtremeFails':
        so_16 = (((((c[1] < n0) and (c[2] <= c[3])) and (c[3] <= n)) and (c[3] < len(ls))) and leads(n0, layer_at(ls, c[2]), c[1]))
        if so_16:
            it_43 = layer_at(ls, c[3])
            it_44 = layer_at(ls, c[3])
            so_16 = is_combination(d, n0, c[4], (lambda more_57: lambda more_58: point(it_43, more_57, more_58)), (lambda more_59: point(it_44, c[1], more_59)))
        so_17 = so_16
        if so_17:
            def function_10(p):
                it_48 = layer_at(ls, c[3])
                it_49 = fst(p)
                it_50 = layer_at(ls, c[3])
                return negb(same_b(d, (lambda more_62: point(it_48, it_49, more_62)), (lambda more_63: point(it_50, c[1], more_63))))
            so_17 = forallb(function_10, c[4])
        return so_17
    if c[0] == 'ConvergenceConsensus':
        return (factorisation_b(negated(s), True, c[1], c[2]) and qlt_bool((0, 1), (s[1])))
    if c[0] == 'ConvergenceHolds':
        k_2 = (c[1][0])
        p_2 = (c[1][1])
        f = (lambda more_64: lambda more_65: lambda more_66: combine_b(ls, k_2, p_2, c[2], more_64, more_65, more_66))
        return ((((((((itinerary_b(s, ls, c[1]) and ((k_2 + (p_2 + (p_2 * len(c[2])))) < len(ls))) and qeq_bool(reduced_sum(len(c[2]), (lambda j_7: nth(j_7, c[2], (0, 1)))), (1, 1))) and (qle_bool((0, 1), (s[1])) or ((len(c[2]) == 1) and qeq_bool(nth(0, c[2], (0, 1)), (1, 1))))) and (len(c[3]) == n0)) and rect(c[3], d)) and equal_combinations(n0, d, f(p_2), f(0))) and equal_combinations(n0, d, (lambda more_67: lambda more_68: entry(c[3], more_67, more_68)), f(0))) and below(p_2, (lambda r: equal_combinations(n0, d, f(r), f(0)))))
    if c[0] == 'ConvergenceFails':
        return diverges_b(s, ls, c[1], c[2], c[3], c[4], c[5])
    if c[0] == 'VertexHolds':
        it_51 = (c[1][0])
        it_52 = (c[1][1])
        it_53 = 0
        it_54 = tabulate(n0, d, (lambda more_69: lambda more_70: combine_b(ls, it_51, it_52, c[2], it_53, more_69, more_70)))
        l_2 = (lambda more_71: lambda more_72: entry(it_54, more_71, more_72))
        it_55 = layer_at(ls, (c[1][0]))
        leaders = filter((lambda more_73: leads(n0, it_55, more_73)), seq(0, n0))
        so_18 = ((rest_b(s, ls, c[1], c[2]) and (len(c[3]) == len(leaders))) and rect(c[3], d))
        if so_18:
            def function_11(q0):
                it_57 = snd(q0)
                return exposes_limit(d, n0, (lambda more_75: vec(it_57, more_75)), l_2, fst(q0))
            so_18 = forallb(function_11, combine(leaders, c[3]))
        return ((so_18 and (len(c[4]) == n0)) and below(n0, (lambda i_6: (is_combination(d, n0, nth(i_6, c[4], ()), l_2, l_2(i_6)) and forallb((lambda q0_2: leads(n0, layer_at(ls, (c[1][0])), fst(q0_2))), nth(i_6, c[4], ()))))))
    if c[0] == 'VertexFails':
        it_58 = (c[1][0])
        it_59 = (c[1][1])
        it_60 = 0
        it_61 = tabulate(n0, d, (lambda more_76: lambda more_77: combine_b(ls, it_58, it_59, c[2], it_60, more_76, more_77)))
        l_3 = (lambda more_78: lambda more_79: entry(it_61, more_78, more_79))
        return ((((rest_b(s, ls, c[1], c[2]) and (c[3] < n0)) and (len(c[4]) == d)) and exposes_limit(d, n0, (lambda more_80: vec(c[4], more_80)), l_3, c[3])) and below(n0, (lambda j_8: negb((leads(n0, layer_at(ls, (c[1][0])), j_8) and same_b(d, l_3(j_8), l_3(c[3])))))))
    if c[0] == 'LimitSetHolds':
        it_62 = (c[1][0])
        it_63 = (c[1][1])
        f_2 = (lambda more_81: lambda more_82: lambda more_83: combine_b(ls, it_62, it_63, c[2], more_81, more_82, more_83))
        it_64 = tabulate(n0, d, f_2(0))
        l_4 = (lambda more_84: lambda more_85: entry(it_64, more_84, more_85))
        return (((rest_b(s, ls, c[1], c[2]) and factorisation_b(s, True, c[3], c[4])) and below((c[1][1]), (lambda r_2: equal_combinations(n0, d, f_2(r_2), l_4)))) and below(n0, (lambda more_86: belongs_b(s, n0, l_4, more_86))))
    if c[0] == 'LimitSetFails':
        it_65 = (c[1][0])
        it_66 = (c[1][1])
        it_67 = 0
        it_68 = tabulate(n0, d, (lambda more_87: lambda more_88: combine_b(ls, it_65, it_66, c[2], it_67, more_87, more_88)))
        l_5 = (lambda more_89: lambda more_90: entry(it_68, more_89, more_90))
        return ((((rest_b(s, ls, c[1], c[2]) and (c[3] < n0)) and (len(c[4]) == d)) and same_b(d, (lambda more_91: vec(c[4], more_91)), l_5(c[3]))) and negb(belongs_b(s, n0, l_5, c[3])))
    if c[0] == 'LimitSetDiverges':
        return diverges_b(s, ls, c[1], c[2], c[3], c[4], c[5])
    if c[0] == 'SettlesHolds':
        so_19 = itinerary_b(s, ls, c[1])
        if so_19:
            def function_12(r_3):
                it_71 = layer_at(ls, ((c[1][0]) + r_3))
                it_72 = layer_at(ls, (c[1][0]))
                return owns_eqb((it_71[2]), (it_72[2]))
            so_19 = below((c[1][1]), function_12)
        return so_19
    if c[0] == 'SettlesFails':
        return (((itinerary_b(s, ls, c[1]) and (c[2] < n0)) and (c[3] < (c[1][1]))) and negb(below(n0, (lambda j_9: eqb(follows(layer_at(ls, ((c[1][0]) + c[3])), c[2], j_9), follows(layer_at(ls, (c[1][0])), c[2], j_9))))))
    return qle_bool((0, 1), (s[1]))

def check(s, n, k, claims):
    so = wellformed(s)
    if so:
        ls = build(s, k)
        so = forallb((lambda more: check_claim(s, n, ls, more)), claims)
    return so

def is_definite(c):
    if c[0] == 'General':
        return False
    if c[0] == 'Symmetric':
        return False
    return True

def is_strict(c):
    if c[0] == 'Definite':
        return True
    if c[0] == 'DefinitePart':
        return True
    return False

def by_lemma(e, c):
    if e[0] == 'AllNorm':
        if c[0] == 'Definite':
            return True
        return False
    if e[0] == 'AllApart':
        return is_definite(c)
    return True

def member(f, x):
    it = (f[4])
    return (len((f[1])), len((f[4])), (lambda i: lambda j: qplus(entry((f[1]), i, j), sum_(len((f[2])), (lambda p: qmult(x(p), entry(nth(p, (f[2]), ()), i, j)))))), (f[3]), (lambda more: lambda more_2: entry(it, more, more_2)))

def total(d, b, x, y):
    return reduced_sum(d, (lambda r: qmult(reduced_dot(d, (lambda more: entry(b, r, more)), x), y(r))))

def total_of(d, b, ts):
    return fold_right((lambda t: lambda acc: qred(qplus(qmult(fst(t), total(d, b, fst(snd(t)), snd(snd(t)))), acc))), (0, 1), ts)

def scale(w, ts):
    return map((lambda t: (qred(qmult(w, fst(t))), snd(t))), ts)

def all_terms(ws, cuts):
    return (flat_map((lambda q0: scale(fst(q0), snd(snd(q0)))), ws) + map((lambda q0_2: (fst(q0_2), (snd(q0_2), snd(q0_2)))), cuts))

def contradiction(f, ws, cuts):
    d = len((f[1]))
    ts = all_terms(ws, cuts)
    def function(q0):
        it_2 = fst(snd(q0))
        if it_2[0] == 'Zero':
            return True
        return qle_bool((0, 1), fst(q0))
    so_3 = ((forallb(function, ws) and forallb((lambda q0_2: (is_definite((f[0])) and qle_bool((0, 1), fst(q0_2)))), cuts)) and forallb((lambda b: qeq_bool(total_of(d, b, ts), (0, 1))), (f[2])))
    if so_3:
        so_2 = qlt_bool(total_of(d, (f[1]), ts), (0, 1))
        if not so_2:
            so = qeq_bool(total_of(d, (f[1]), ts), (0, 1))
            if so:
                def function_2(q0_3):
                    it_4 = fst(snd(q0_3))
                    if it_4[0] == 'Positive':
                        return qlt_bool((0, 1), fst(q0_3))
                    return False
                so = (existsb(function_2, ws) or existsb((lambda q0_4: ((is_strict((f[0])) and qlt_bool((0, 1), fst(q0_4))) and negb(same_b(d, snd(q0_4), (lambda x: (0, 1)))))), cuts))
            so_2 = so
        so_3 = so_2
    return so_3

def member_lists(f, x):
    d = len((f[1]))
    def function_2(i):
        def function_3(j_2):
            it_4 = member(f, x)
            return it_4[2](i)(j_2)
        return map(function_3, seq(0, d))
    return (map(function_2, seq(0, d)), (f[3]), (f[4]))

def last_layer(g):
    return pred(len((g[0])))

def place(p, i, r):
    return (zentry((p[1]), i, r), z_to_pos((p[2])))

def cmp(p, i, j, l):
    return (((1, 1), ((lambda more: place(p, i, more)), (lambda more_2: place(p, j, more_2)))), *(((-1, 1), ((lambda more_3: place(p, i, more_3)), (lambda more_4: place(p, l, more_4)))),))

def alike(f, p, i, a, b):
    return forallb((lambda b0: qeq_bool(total(len((f[1])), b0, (lambda more: place(p, i, more)), (lambda more_2: place(p, a, more_2))), total(len((f[1])), b0, (lambda more_3: place(p, i, more_3)), (lambda more_4: place(p, b, more_4))))), ((f[1]), *(f[2])))

def group(f, p, i, r):
    return map((lambda more: alike(f, p, i, r, more)), seq(0, len((f[4]))))

def first_alike(f, p, i, j):
    it = find((lambda a: alike(f, p, i, a, j)), seq(0, len((f[4]))))
    if it is not None:
        return it[0]
    return j

def reps(f, p, i):
    return filter((lambda j: (first_alike(f, p, i, j) == j)), seq(0, len((f[4]))))

def set_nth(l, i, x):
    later = []
    while True:
        if not l:
            return unwound(later, ())
        t = l[1:]
        if i == 0:
            return unwound(later, (x, *t))
        i_ = (i - 1)
        later.append(lambda result, l=l: (l[0], *result))
        l, i = t, i_
        continue

def now(p):
    return len((p[0]))

def deciding(p, i, own, known, o):
    return ((p[0]), (p[1]), (p[2]), set_nth((p[3]), i, (own,)), (known + (p[4])), o)

def orb_list(a, b):
    later = []
    while True:
        if not a:
            return unwound(later, ())
        a_ = a[1:]
        if not b:
            return unwound(later, ())
        b_ = b[1:]
        later.append(lambda result, a=a, b=b: ((a[0] or b[0]), *result))
        a, b = a_, b_
        continue

def positions(before, l):
    later = []
    while True:
        if not l:
            return unwound(later, ())
        t = l[1:]
        later.append(lambda result, before=before, l=l, t=t: (((before, l[0]), t), *result))
        before, l = (before + (l[0],)), t
        continue

def split(f, g, p, i):
    it = (p[5])
    if not it:
        it_2 = nth(i, (p[3]), None)
        if it_2 is not None:
            return None
        def function_5(q0):
            def function_6(b_14):
                it_16 = (g[1])
                return ((((now(p), i), q0[0][1]), b_14), ((('NotNegative',) if it_16 else ('Positive',)), cmp(p, i, q0[0][1], b_14)))
            it_17 = (g[1])
            return deciding(p, i, group(f, p, i, q0[0][1]), (map((lambda b_13: ((((now(p), i), q0[0][1]), b_13), (('Positive',), cmp(p, i, q0[0][1], b_13)))), q0[0][0]) + map(function_6, q0[1])), (map((lambda b_15: (i, q0[0][1], b_15, group(f, p, i, b_15))), q0[1]) if it_17 else ()))
        return (map(function_5, positions((), reps(f, p, i))),)
    later_2 = it[1:]
    it_18 = ((it[0][0]) == i)
    if it_18:
        it_19 = nth(i, (p[3]), None)
        if it_19 is not None:
            k = (((now(p), i), (it[0][1])), (it[0][2]))
            return ((deciding(p, i, orb_list(it_19[0], (it[0][3])), ((k, (('Zero',), cmp(p, i, (it[0][1]), (it[0][2])))),), later_2), *(deciding(p, i, it_19[0], ((k, (('Positive',), cmp(p, i, (it[0][1]), (it[0][2])))),), later_2),)),)
        return None
    return None

first_of = first_true

def described(f, p, i, own):
    def function(l):
        it_2 = nth(l, own, False)
        return ((((now(p), i), first_of(own)), l), ((('Zero',) if it_2 else ('Positive',)), cmp(p, i, first_of(own), l)))
    return map(function, seq(0, len((f[4]))))

def enter(f, g, past, num, den, known):
    sets = nth(len(past), (g[0]), ())
    p = (past, num, den, map((lambda i: nth(i, sets, None)), seq(0, len((f[4])))), known, ())
    def function(i_2):
        it_2 = nth(i_2, sets, None)
        if it_2 is not None:
            return described(f, p, i_2, it_2[0])
        return ()
    return (past, num, den, (p[3]), (flat_map(function, seq(0, len((f[4])))) + known), ())

def root(f, g):
    return enter(f, g, (), zmatrix((f[4])), zden((f[4])), ())

def all_decided(p):
    it = (p[5])
    if not it:
        return forallb((lambda o: (True if o is not None else False)), (p[3]))
    return False

def owns(p):
    return map((lambda o: (o[0] if o is not None else ())), (p[3]))

def family_tau(f):
    return qred(qdiv((f[3]), qplus((1, 1), (f[3]))))

def advance(f, g, p):
    it = (all_decided(p) and (now(p) < last_layer(g)))
    if it:
        it_2 = zstep(len((f[1])), family_tau(f), (p[1]), (p[2]), owns(p))
        return enter(f, g, ((p[0]) + (((p[1]), (p[2]), owns(p)),)), it_2[0], it_2[1], (p[4]))
    return p

def key_eqb(a, b):
    return ((((a[0][0][0] == b[0][0][0]) and (a[0][0][1] == b[0][0][1])) and (a[0][1] == b[0][1])) and (a[1] == b[1]))

def lookup(p, k):
    it = find((lambda q0: key_eqb(fst(q0), k)), (p[4]))
    if it is not None:
        return (snd(it[0]),)
    return None

def closes_b(f, p, weights, cuts):
    def function(q0):
        it_2 = lookup(p, fst(q0))
        if it_2 is not None:
            return True
        return False
    so = (forallb(function, weights) and forallb((lambda q0_2: (len(snd(q0_2)) == len((f[1])))), cuts))
    if so:
        def function_2(q0_3):
            it_4 = lookup(p, fst(q0_3))
            if it_4 is not None:
                return ((snd(q0_3), it_4[0]),)
            return ()
        def function_3(q0_4):
            it_6 = snd(q0_4)
            return (fst(q0_4), (lambda more_2: vec(it_6, more_2)))
        so = contradiction(f, flat_map(function_2, weights), map(function_3, cuts))
    return so

def rule_b(f, g, r, ls, c):
    if r[0] == 'AllHull':
        if c[0] == 'HullLayers':
            return check_claim(member_lists(f, (lambda x: (0, 1))), last_layer(g), ls, c)
        return False
    if r[0] == 'AllNorm':
        return False
    if r[0] == 'AllPersist':
        if c[0] == 'PersistLayers':
            return check_claim(member_lists(f, (lambda __2: (0, 1))), last_layer(g), ls, c)
        return False
    if r[0] == 'AllApart':
        if c[0] == 'ApartLayers':
            return check_claim(member_lists(f, (lambda __3: (0, 1))), last_layer(g), ls, c)
        return False
    if c[0] == 'ExtremeLayers':
        return check_claim(member_lists(f, (lambda __4: (0, 1))), last_layer(g), ls, c)
    return False

def holds_b(f, g, p, c):
    it = (g[2])
    if it is not None:
        return (((now(p) == last_layer(g)) and (all_decided(p) or (True if it[0][0] == 'AllHull' else True if it[0][0] == 'AllApart' else False))) and rule_b(f, g, it[0], ((p[0]) + (((p[1]), (p[2]), owns(p)),)), c))
    return False

def check_tree(f, g, t, p0):
    p = advance(f, g, p0)
    if t[0] == 'Split':
        so = (t[1] < len((f[4])))
        if so:
            it = split(f, g, p, t[1])
            if it is not None:
                def all_3(ts_2, ps_2):
                    while True:
                        if not ts_2:
                            if not ps_2:
                                return True
                            return False
                        ts__2 = ts_2[1:]
                        if not ps_2:
                            return False
                        ps__2 = ps_2[1:]
                        if not check_tree(f, g, ts_2[0], ps_2[0]):
                            return False
                        ts_2, ps_2 = ts__2, ps__2
                        continue
                found = all_3(t[2], it[0])
            else:
                found = False
            so = found
        return so
    if t[0] == 'Contradiction':
        return closes_b(f, p, t[1], t[2])
    return holds_b(f, g, p, t[1])

def family_wellformed(f, g):
    so = (wellformed(member_lists(f, (lambda x: (0, 1)))) and negb((len((g[0])) == 0)))
    if so:
        it = (lambda o: (((len(o[0]) == len((f[4]))) and existsb((lambda b: b), o[0])) if o is not None else True))
        so = forallb((lambda more: forallb(it, more)), (g[0]))
    return so

def check_family(f, g, t):
    return (family_wellformed(f, g) and check_tree(f, g, t, root(f, g)))
