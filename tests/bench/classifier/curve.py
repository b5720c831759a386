"""The curve of the matcher: documents a CPU second and cost of a document against the number of claims, other matchers beside."""

from collections.abc import Mapping
from pathlib import Path

OTHERS = {
    "Lucene Monitor 9.11": {1_000: 2_618, 10_000: 654, 100_000: 149},
    "two stages with an automaton": {1_000: 4_672, 10_000: 1_859, 100_000: 263},
}
"""Documents a CPU second on the same kind of machine and workload; Lucene's at the best of four of its presearchers."""


def draw(ours: Mapping[int, float], path: Path) -> None:
    """Write the plot.

    Args:
        ours: By number of claims the documents that this matcher takes a CPU second.
    """
    import matplotlib  # here: nothing else of the benchmark needs it

    matplotlib.use("Agg")
    matplotlib.rcParams["svg.hashsalt"] = "claimwatch"  # the same figures give the same file
    from matplotlib import pyplot

    figure, (rate, cost) = pyplot.subplots(1, 2, figsize=(10, 4), layout="constrained")
    for name, points in {"Claimwatch": ours, **OTHERS}.items():
        sizes = sorted(points)
        rate.plot(sizes, [points[size] for size in sizes], marker="o", label=name)
        cost.plot(sizes, [1e6 / points[size] for size in sizes], marker="o", label=name)
    first = min(ours)
    cost.plot(
        sorted(ours), [1e6 / ours[first] * size / first for size in sorted(ours)], "--", color="grey", label="in step with the claims"
    )
    for axes, title in ((rate, "documents a CPU second"), (cost, "µs a document")):
        axes.set(xscale="log", yscale="log", xlabel="watched claims", title=title)
        axes.grid(visible=True, which="major", alpha=0.3)
        axes.legend(fontsize=8)
    figure.savefig(path, metadata={"Date": None})
    pyplot.close(figure)


def growth(ours: Mapping[int, float]) -> float:
    """Return how many times the cost of a document grows from the fewest claims to the most."""
    return ours[min(ours)] / ours[max(ours)]
