"""A light stemmer for English as it is written in machine learning: inflection, British and American spelling, common endings.

Own code instead of the Snowball library: scoring needs forms of one word to meet ("oscillates", "oscillation",
"optimise", "optimizer"), not linguistically right stems, and a Snowball stemmer costs ten times as much per word.
Irregular verbs and words that must not be conflated are listed here as data.
"""

from __future__ import annotations

from functools import lru_cache


def words(text: str) -> frozenset[str]:
    """A set of words from text where blanks and line ends part them: how word lists are kept readable here."""
    return frozenset(text.split())


_IRREGULAR: dict[str, str] = {
    form: base
    for line in """
    be: am is are was were been being
    have: has had having
    do: does did done doing
    go: goes went gone going
    get: gets got gotten getting
    make: makes made making
    take: takes took taken taking
    give: gives gave given giving
    keep: keeps kept keeping
    fall: falls fell fallen falling
    rise: rises rose risen rising
    grow: grows grew grown growing
    see: sees saw seen seeing
    know: knows knew known knowing
    show: shows showed shown showing
    think: thinks thought thinking
    begin: begins began begun beginning
    choose: chooses chose chosen choosing choice
    draw: draws drew drawn drawing
    build: builds built building
    leave: leaves left leaving
    lose: loses lost losing
    find: finds found finding
    hold: holds held holding
    lead: leads led leading
    send: sends sent sending
    spend: spends spent spending
    write: writes wrote written writing
    hide: hides hid hidden hiding
    drive: drives drove driven driving
    break: breaks broke broken breaking
    throw: throws threw thrown throwing
    shrink: shrinks shrank shrunk shrinking
    run: runs ran running
    learn: learns learnt learned learning
    tell: tells told telling
    say: says said saying
    mean: means meant meaning
    stand: stands stood standing
    become: becomes became becoming
    forget: forgets forgot forgotten forgetting
    feed: feeds fed feeding
    split: splits splitting
    set: sets setting settings
    hit: hits hitting
    buy: buys bought buying
    catch: catches caught catching
    win: wins won winning
    pay: pays paid paying
    bring: brings brought bringing
    teach: teaches taught teaching
    freeze: freezes froze frozen freezing
    steal: steals stole stolen
    speak: speaks spoke spoken
    low: lower lowest lowers lowered lowering
    high: higher highest highly
    good: better best
    bad: worse worst
    big: bigger biggest
    few: fewer fewest
    far: farther further furthest
    minimum: minima minimums
    minimise: minimize minimises minimizes minimised minimized minimising minimizing minimisation minimization
    maximum: maxima maximums
    maximise: maximize maximises maximizes maximised maximized maximising maximizing maximisation maximization
    matrix: matrices
    vertex: vertices
    index: indices indexes indexed indexing
    hypothesis: hypotheses
    basis: bases
    analysis: analyses analyse analyze analysed analyzed
    datum: data
    child: children
    mouse: mice
    half: halves halve halved halving
    decay: decays decayed decaying
    stable: stability stably stabilise stabilize stabilises stabilised stabilising stabilizes stabilized stabilizing
    unstable: instability
    accurate: accuracy accurately
    reduce: reduction reductions
    classify: classifies classified classifying classification classifications classifier classifiers
    derive: derivative derivatives derivation
    multiply: multiplies multiplied multiplying multiplication multiplier
    assume: assumption assumptions
    vary: varies varied varying variation variations
    noise: noisy noisier noises
    initialise: initial initially initialize initialised initialized initialisation initialization init
    explode: explosion explosions
    probable: probability probabilities probably prob probs
    easy: easier easily easiest
    hard: harder hardest
    add: addition additions adds added adding
    compare: comparison comparisons
    distribute: distribution distributions distributional
    describe: description
    complex: complexity complexities
    weak: weaker weakest weakness
    strong: stronger strongest strength
    wide: wider widest width
    deep: deeper deepest depth
    long: longer longest length
    optimum: optimal optima optimally
    """.strip().splitlines()
    for base, forms in [line.strip().split(": ")]
    for form in forms.split()
}
# Terms of the field that an ending rule would merge with other words.
_FIXED = words(
    """
    variance covariance bias biases precision recall entropy attention retention this his its us plus minus loss less class
    process access bayes gauss across address express stress press mass gas bus focus radius corpus status versus consensus
    analysis basis hypothesis axis thesis during nothing something anything everything string thing ring king bring spring
    need seed speed indeed feed red bed shed led embed exceed proceed forest interest honest request test best rest latest
    suggest modest ever never every over under other another whether either neither rather together however per paper power
    number order layer tower corner matter offer answer member differ refer prefer infer her user error mirror vector tensor
    factor prior color odor actor only early family apply supply reply multiply imply likely rely fly friendly
    general generic generate generative generator moment momentum comment document cement element agent parent gradient
    ingredient content context percent present event prevent recent accident animal numeral normal formal local global
    total final signal metal serial trial material manual manually annual capital critical logical logic topic basic metric
    music public cubic active passive relative native objective positive negative additive sensitive
    latency policy increasingly university universe experience science sequence sentence evidence influence reference absence
    """
)
_KEEP_S = ("ss", "us", "is")
_VOWELS = frozenset("aeiouy")
# (ending, what it becomes, letters that must remain before it)
_ENDINGS: tuple[tuple[str, str, int], ...] = (
    ("isational", "is", 3), ("izational", "is", 3), ("isation", "is", 3), ("ization", "is", 3),
    ("fulness", "", 3), ("ability", "abl", 3), ("ibility", "ibl", 3), ("ically", "ic", 3), ("iveness", "iv", 3),
    ("ation", "at", 3), ("ition", "it", 3), ("ution", "ut", 3), ("ction", "ct", 2), ("ption", "pt", 2), ("ssion", "ss", 2),
    ("sion", "d", 4), ("iser", "is", 3), ("izer", "is", 3), ("ator", "at", 3), ("ally", "al", 3), ("ment", "", 4),
    ("ness", "", 3), ("ence", "", 5), ("ance", "", 5), ("ency", "", 5), ("ancy", "", 5), ("able", "", 4), ("ible", "", 4),
    ("less", "", 4), ("ity", "", 5), ("ise", "is", 3), ("ize", "is", 3), ("yse", "ys", 3), ("yze", "ys", 3),
    ("iz", "is", 3), ("yz", "ys", 3), ("our", "or", 3), ("ent", "", 5), ("ant", "", 5),
    ("ful", "", 3), ("ous", "", 4), ("ive", "", 4), ("est", "", 4),
    ("ily", "y", 3), ("ly", "", 3), ("cy", "t", 4), ("y", "", 4), ("al", "", 5), ("er", "", 4), ("or", "", 5), ("e", "", 3),
)  # fmt: skip


def _undouble(word: str) -> str:
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz" else word


def _inflection(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith(("ches", "shes", "xes", "sses", "zes")) and len(word) > 4:
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(_KEEP_S) and len(word) > 3:
        word = word[:-1]
    if word in _FIXED:
        return word
    for ending in ("ied", "ed", "ing"):
        root = word[: -len(ending)]
        if word.endswith(ending) and len(root) >= 3 and not _VOWELS.isdisjoint(root):
            return root + "y" if ending == "ied" else _undouble(root)
    return word


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The stem of a case-folded word. Words of up to three letters and terms that must stay apart are returned as they are."""
    irregular = _IRREGULAR.get(word)
    if irregular is not None:
        word = irregular
    if len(word) <= 3 or word in _FIXED or not word.isascii() or len(word) > 40:
        return word
    word = _inflection(word)
    word = _IRREGULAR.get(word, word)
    if len(word) <= 3 or word in _FIXED:
        return word
    for ending, becomes, rest in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= rest:
            word = word[: -len(ending)] + becomes
            break
    return _undouble(word)
