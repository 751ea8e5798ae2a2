"""The built-in examples of other kinds than one A and one alpha: what each is there to show."""

from fractions import Fraction

from exactdyn import Hardmax, check, load_example
from exactdyn.systems.schedule import Schedule


def test_under_a_causal_mask_tokens_meet_although_the_matrix_is_definite():
    run = load_example("causal").run()
    assert run.tokens(1) == [[3], [4], [3]]
    assert check(run).statements["distinctness-preserved"].outcome == "fails"


def test_under_a_causal_mask_the_last_token_alternates_as_it_does_without():
    run = load_example("causal-periodic").run()
    assert run.itinerary[1:] == load_example("alternating-invertible").run().itinerary[1:]
    assert run.attention(28)[4] == run.attention(30)[4] != run.attention(29)[4]


def test_with_a_value_matrix_the_hull_is_first_left_at_layer_6_and_each_coordinate_stays_in_its_interval():
    run = load_example("value-matrix").run()
    witness = check(run).statements["hull-shrinkage"].witness
    assert witness["layer"] == 5
    for k in range(run.layers):
        for coordinate in range(2):
            before, after = ([row[coordinate] for row in run.tokens(layer)] for layer in (k, k + 1))
            assert min(before) <= min(after) <= max(after) <= max(before)


def test_the_heads_attend_by_matrices_of_their_own():
    run = load_example("two-heads").run()
    first, second = run.head_attention(0)
    assert first != second
    assert check(run).statements["hull-shrinkage"].scope == "every layer"


def test_by_two_heads_with_definite_matrices_of_their_own_tokens_meet():
    run = load_example("two-heads-meet").run()
    third = Fraction(1, 3)
    assert run.tokens(1)[0] == run.tokens(1)[1] == [0, 0, 0, third]
    assert check(run).statements["distinctness-preserved"].witness["tokens"] == [0, 1]
    for head in run.system.parts:
        assert check(Hardmax(head.A[0], 1).run(run.start.rows(), 0)).applies


def test_frank_wolfe_steps_go_to_a_third_and_no_further():
    run = load_example("frank-wolfe-rate").run()
    third = Fraction(1, 3)
    assert all(run.tokens(k)[1] == [third] for k in range(2, run.layers + 1))
    gaps = [run.tokens(k)[0][0] - third for k in (10, 100, 600)]
    assert gaps[0] > gaps[1] > gaps[2] > 0
    # <Bx, x>/2 falls below 2/(t+1) times the square of the diameter until t = 575, and not then.
    broken = [t for t in range(600) if run.tokens(t + 1)[0][0] ** 2 / 2 > Fraction(2, t + 1) * 16]
    assert broken[0] == 575


def test_steps_of_a_finite_sum_leave_a_part_of_the_way():
    run = load_example("summable-steps").run()
    lower, upper = Schedule.of_tau("2^-(k+1)").remaining(0)
    distance = (1 - run.tokens(30)[1][0]) / (1 - run.tokens(0)[1][0])
    assert lower < distance < upper + Fraction(1, 2**28)
    assert lower > Fraction(288, 1000)
