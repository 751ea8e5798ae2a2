import numpy as np

from exactdyn.floats.runs import run_freely
from exactdyn.sentiment.model.load import load_model, load_reviews
from exactdyn.sentiment.runs.exact import run_review
from exactdyn.sentiment.runs.float_runs import float_model, run_softmax


def test_floats_alone_agree_with_the_exact_run_at_first():
    model = load_model("handmade")
    run = run_review(model, load_reviews("handmade", model)[2])
    start = model.encode([rows[0] for rows in run.rows])
    weights, form = np.array(run.weights, dtype=float), float_model(model)
    exact = np.array([[float(x) for x in place] for place in run.places(3)])
    assert np.allclose(run_freely(start, weights, form.tau, 3), exact, rtol=0, atol=1e-14)
    assert np.allclose(run_softmax(start, weights, form, 3), exact, rtol=0, atol=1e-9)


def test_softmax_attention_is_the_textbook_formula():
    model = load_model("handmade")
    run = run_review(model, load_reviews("handmade", model)[0])
    start = model.encode([rows[0] for rows in run.rows])
    weights, form = np.array(run.weights, dtype=float), float_model(model)
    form = type(form)(form.v, form.b, form.tau, temperature=0.7)
    state = start
    for _ in range(3):
        shares = weights * np.exp(state @ state.T / 0.7)
        state = state + form.tau * (shares @ state / shares.sum(axis=1, keepdims=True) - state)
    assert np.allclose(run_softmax(start, weights, form, 3), state, rtol=0, atol=1e-12)
