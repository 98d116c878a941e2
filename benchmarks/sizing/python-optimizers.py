"""Public Python optimizers behind a pipe: each evaluates a generation by asking for it.

Usage: python-optimizers.py scipy-de|deap DIMENSIONS BUDGET SEED [--check]

Writes a line of JSON a generation on standard output, {"points": [[...], ...]}, and reads {"values": [[violation, objective], ...]}
from standard input, null standing for infinity. It ends when its budget is spent or the pipe is closed. With --check it only
imports what it needs and says the version.
"""
import json
import sys


def tell_and_read(points):
    print(json.dumps({"points": [[float(c) for c in point] for point in points]}), flush=True)
    line = sys.stdin.readline()
    if not line:
        sys.exit(0)
    infinite = float("inf")
    return [tuple(infinite if v is None else v for v in value) for value in json.loads(line)["values"]]


def differential_evolution(dimensions, budget, seed):
    """scipy's differential evolution with its defaults, but for a population that fits the budget and whole generations at once."""
    import numpy
    from scipy.optimize import differential_evolution as minimize

    # Of a point off the specification, any is worse than every one on it: the method only compares.
    far = 1e9

    def scalar(value):
        violation, objective = value
        if violation == 0:
            return min(objective, far / 2)
        return far * (1 + min(violation, 1e6))

    def generation(_, points):
        return [scalar(value) for value in tell_and_read(list(points))]

    members = max(5, min(15 * dimensions, budget // 10))
    rng = numpy.random.default_rng(seed)
    minimize(
        lambda point: 0.0,
        [(0.0, 1.0)] * dimensions,
        init=rng.random((members, dimensions)),
        maxiter=10**9,
        tol=0,
        atol=0,
        polish=False,
        seed=seed,
        updating="deferred",
        workers=generation,
    )


def genetic_algorithm(dimensions, budget, seed):
    """DEAP's (mu + lambda) algorithm with its bounded simulated binary crossover and polynomial mutation, as in its examples."""
    import random

    from deap import algorithms, base, creator, tools

    random.seed(seed)
    # Fitnesses are compared one after the other: first the violation, then the objective.
    creator.create("Fitness", base.Fitness, weights=(-1.0, -1.0))
    creator.create("Individual", list, fitness=creator.Fitness)
    members = max(12, min(100, round(0.7 * budget**0.5)))
    box = base.Toolbox()
    box.register("coordinate", random.random)
    box.register("individual", tools.initRepeat, creator.Individual, box.coordinate, dimensions)
    box.register("population", tools.initRepeat, list, box.individual)
    box.register("mate", tools.cxSimulatedBinaryBounded, low=0.0, up=1.0, eta=20.0)
    box.register("mutate", tools.mutPolynomialBounded, low=0.0, up=1.0, eta=20.0, indpb=1.0 / dimensions)
    box.register("select", tools.selTournament, tournsize=3)
    box.register("evaluate", lambda individual: individual)
    box.register("map", lambda _, individuals: tell_and_read(list(individuals)))
    generations = 10**9
    algorithms.eaMuPlusLambda(
        box.population(members), box, mu=members, lambda_=members, cxpb=0.7, mutpb=0.3, ngen=generations, verbose=False
    )


def check(name):
    if name == "scipy-de":
        import scipy

        return f"scipy {scipy.__version__}"
    import deap

    return f"deap {deap.__version__}"


def main():
    name, dimensions, budget, seed = sys.argv[1], *map(int, sys.argv[2:5])
    if "--check" in sys.argv:
        print(check(name))
    elif name == "scipy-de":
        differential_evolution(dimensions, budget, seed)
    else:
        genetic_algorithm(dimensions, budget, seed)


main()
