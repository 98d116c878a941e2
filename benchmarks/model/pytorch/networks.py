"""AnalogGenie's network and nanoGPT's, written for comparison: the same arithmetic and names of weights as the published ones."""

import torch
from torch import nn
from torch.nn import functional


class PerHead(nn.Module):
    """One head with matrices of its own, as AnalogGenie has it."""

    def __init__(self, width, size, context, dropout):
        super().__init__()
        self.key, self.query, self.value = (nn.Linear(width, size, bias=False) for _ in range(3))
        self.register_buffer("tril", torch.ones(context, context).tril())
        self.dropout = nn.Dropout(dropout)

    def forward(self, x):
        length = x.shape[1]
        key, query = self.key(x), self.query(x)
        scores = query @ key.transpose(-2, -1) / key.shape[-1] ** 0.5
        scores = scores.masked_fill(self.tril[:length, :length] == 0, float("-inf"))
        return self.dropout(scores.softmax(-1)) @ self.value(x)


class ManyHeads(nn.Module):
    def __init__(self, width, heads, context, dropout):
        super().__init__()
        self.heads = nn.ModuleList(PerHead(width, width // heads, context, dropout) for _ in range(heads))
        self.proj = nn.Linear(width, width)

    def forward(self, x):
        return self.proj(torch.cat([head(x) for head in self.heads], -1))


class Perceptron(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(width, 4 * width), nn.ReLU(), nn.Linear(4 * width, width))

    def forward(self, x):
        return self.net(x)


class Block(nn.Module):
    def __init__(self, width, heads, context, dropout):
        super().__init__()
        self.sa = ManyHeads(width, heads, context, dropout)
        self.ffwd = Perceptron(width)
        self.ln1, self.ln2 = nn.LayerNorm(width), nn.LayerNorm(width)

    def forward(self, x):
        x = x + self.sa(self.ln1(x))
        return x + self.ffwd(self.ln2(x))


class AnalogGenie(nn.Module):
    def __init__(self, layers, heads, width, context, vocabulary, dropout=0.0):
        super().__init__()
        self.token_embedding_table = nn.Embedding(vocabulary, width)
        self.position_embedding_table = nn.Embedding(context, width)
        self.blocks = nn.Sequential(*(Block(width, heads, context, dropout) for _ in range(layers)))
        self.ln_f = nn.LayerNorm(width)
        self.lm_head = nn.Linear(width, vocabulary)

    def forward(self, tokens):
        x = self.token_embedding_table(tokens) + self.position_embedding_table(torch.arange(tokens.shape[1]))
        return self.lm_head(self.ln_f(self.blocks(x)))


class FusedAttention(nn.Module):
    """Queries, keys and values of all heads by one product."""

    def __init__(self, width, heads, bias):
        super().__init__()
        self.heads = heads
        self.c_attn = nn.Linear(width, 3 * width, bias=bias)
        self.c_proj = nn.Linear(width, width, bias=bias)

    def forward(self, x):
        rows, length, width = x.shape
        query, key, value = (
            part.view(rows, length, self.heads, -1).transpose(1, 2) for part in self.c_attn(x).split(width, 2)
        )
        later = torch.ones(length, length, dtype=torch.bool).triu(1)
        scores = (query @ key.transpose(-2, -1)) * (width // self.heads) ** -0.5
        looked = scores.masked_fill(later, float("-inf")).softmax(-1) @ value
        return self.c_proj(looked.transpose(1, 2).reshape(rows, length, width))


class FusedPerceptron(nn.Module):
    def __init__(self, width, bias, activation):
        super().__init__()
        self.c_fc = nn.Linear(width, 4 * width, bias=bias)
        self.c_proj = nn.Linear(4 * width, width, bias=bias)
        self.activation = activation

    def forward(self, x):
        return self.c_proj(self.activation(self.c_fc(x)))


class NormWithoutBias(nn.Module):
    def __init__(self, width, bias):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))
        self.bias = nn.Parameter(torch.zeros(width)) if bias else None

    def forward(self, x):
        return functional.layer_norm(x, self.weight.shape, self.weight, self.bias)


class FusedBlock(nn.Module):
    def __init__(self, width, heads, bias, activation):
        super().__init__()
        self.ln_1, self.ln_2 = NormWithoutBias(width, bias), NormWithoutBias(width, bias)
        self.attn = FusedAttention(width, heads, bias)
        self.mlp = FusedPerceptron(width, bias, activation)

    def forward(self, x):
        x = x + self.attn(self.ln_1(x))
        return x + self.mlp(self.ln_2(x))


class NanoGpt(nn.Module):
    """With `tied` and GELU nanoGPT's network; untied, with ReLU, AnalogGenie's in its fastest form."""

    def __init__(self, layers, heads, width, context, vocabulary, bias=False, tied=True, activation=functional.gelu):
        super().__init__()
        self.transformer = nn.ModuleDict(
            {
                "wte": nn.Embedding(vocabulary, width),
                "wpe": nn.Embedding(context, width),
                "h": nn.ModuleList(FusedBlock(width, heads, bias, activation) for _ in range(layers)),
                "ln_f": NormWithoutBias(width, bias),
            }
        )
        self.lm_head = nn.Linear(width, vocabulary, bias=False)
        if tied:
            self.lm_head.weight = self.transformer["wte"].weight

    def forward(self, tokens):
        parts = self.transformer
        x = parts["wte"](tokens) + parts["wpe"](torch.arange(tokens.shape[1]))
        for block in parts["h"]:
            x = block(x)
        return self.lm_head(parts["ln_f"](x))
