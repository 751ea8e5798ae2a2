"""Settings of the drawing library."""

import subprocess
import sys

import matplotlib

from exactdyn.pictures import draw_run, render
from tests.pictures.test_run import square_run


def test_settings_of_the_user_change_nothing_and_are_not_changed():
    plain = render(draw_run(square_run()), "svg")
    own = {"font.size": 30.0, "axes.facecolor": "black", "svg.hashsalt": "mine", "lines.linewidth": 9.0}
    with matplotlib.rc_context(own):
        assert render(draw_run(square_run()), "svg") == plain
        assert {name: matplotlib.rcParams[name] for name in own} == own


def test_the_global_state_of_pyplot_is_never_loaded():
    program = (
        "import sys; from exactdyn import Hardmax; from exactdyn.pictures import draw_run, render;"
        "[render(draw_run(Hardmax().run([[1] * d, [0] * d], 3)), f) for d in (1, 2, 3)"
        " for f in ('png', 'svg', 'pdf')]; sys.exit('matplotlib.pyplot' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
