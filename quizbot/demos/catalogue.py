"""The demos there are, as data. A new demo is one entry here and one module beside this file."""

from quizbot.demos.params import Param
from quizbot.demos.spec import DemoSpec

SPECS: tuple[DemoSpec, ...] = (
    DemoSpec(
        name="learning-rate-bowl",
        module="quizbot.demos.learning_rate_bowl",
        title="Learning rate and curvature on a bowl",
        topics=("learning rate", "gradient descent", "curvature", "stability", "divergence", "optimisation"),
        shows="Path of x under gradient descent on the bowl f(x) = ½·a·x², for every pair of rate and curvature.",
        look_for=(
            "Each step multiplies x by 1 − η·a, so a path is settled by the product of rate and curvature alone. "
            "Below η = 1/a it shrinks from one side, up to 2/a it swings and still shrinks, above 2/a it grows."
        ),
        scope=(
            "Exact for full-batch gradient descent on a quadratic. It does not hold as it stands with mini-batch "
            "noise, momentum, per-coordinate scaling as in Adam, or where the curvature changes along the path."
        ),
        proves=("learning-rate:too-high", "learning-rate:too-low", "learning-rate:depends"),
        params=(
            Param(
                name="rates",
                kind="floats",
                default=(0.0001, 0.1, 1.9, 2.1),
                low=0,
                low_open=True,
                high=1000,
                log=True,
                slider=(1e-5, 10),
                help="learning rates η",
            ),
            Param(
                name="curvatures",
                kind="floats",
                default=(1.0, 25.0),
                low=0,
                low_open=True,
                high=1_000_000,
                log=True,
                slider=(0.01, 1000),
                help="curvatures a of the bowl ½·a·x²",
            ),
            Param(
                name="steps",
                kind="int",
                default=50,
                low=1,
                high=100_000,
                log=True,
                slider=(1, 1000),
                unit="steps",
                help="updates to run",
            ),
            Param(
                name="start",
                kind="float",
                default=1.0,
                low=-1_000_000,
                high=1_000_000,
                nonzero=True,
                slider=(-2, 2),
                help="x before the first step",
            ),
        ),
        x_label="step",
        y_label="x",
        y_log_label="|x|",
        y_log=True,
    ),
)
