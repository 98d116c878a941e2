"""Does what each line of standard input asks for, one at a time, and answers with a line of JSON: see ../pytorch.mjs."""

import json
import resource
import sys
import time

import torch
from networks import AnalogGenie, NanoGpt
from torch.nn import functional

sizes = json.loads(sys.argv[1])
torch.set_num_threads(int(sys.argv[2]))
torch.manual_seed(1)
trained = None
reference = None


def train(rows, length):
    """One step of AdamW on the network in its fastest form, causal attention alone: less work than block-diagonal."""
    global trained
    if trained is None:
        network = NanoGpt(**sizes, tied=False, activation=functional.relu)
        optimizer = torch.optim.AdamW(network.parameters(), lr=3e-4, betas=(0.9, 0.99), weight_decay=0.1, foreach=True)
        trained = network, optimizer
    network, optimizer = trained
    tokens = torch.randint(sizes["vocabulary"], (rows, length + 1))
    start = time.perf_counter()
    logits = network(tokens[:, :-1])
    loss = functional.cross_entropy(logits.flatten(0, 1), tokens[:, 1:].flatten())
    optimizer.zero_grad(set_to_none=True)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimizer.step()
    return {"ms": 1000 * (time.perf_counter() - start)}


def sample(lengths):
    """A token after each of these lengths, the reference's way: the whole sentence anew, one row, no cache."""
    global reference
    reference = reference or AnalogGenie(**sizes).eval()
    times = []
    with torch.no_grad():
        for length in lengths:
            tokens = torch.randint(sizes["vocabulary"], (1, length))
            start = time.perf_counter()
            logits = reference(tokens)[:, -1, :] / 0.7
            torch.multinomial(functional.softmax(logits, -1), 1)
            times.append(1000 * (time.perf_counter() - start))
    return {"ms": times}


def memory():
    return {"peakBytes": 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}


for line in sys.stdin:
    request = json.loads(line)
    answer = {"train": train, "sample": sample, "memory": memory}[request.pop("do")](**request)
    print(json.dumps(answer), flush=True)
