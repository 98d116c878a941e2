"""Random networks of PyTorch, saved, with the logits of a sentence: make_weights.py FOLDER tiny|reference"""

import json
import struct
import sys
from pathlib import Path

import torch
from networks import AnalogGenie, NanoGpt

SIZES = {
    "tiny": dict(layers=2, heads=2, width=8, context=12, vocabulary=9),
    "reference": dict(layers=6, heads=6, width=384, context=1024, vocabulary=1005),
}


def save_safetensors(tensors, file):
    header, offset, data = {}, 0, []
    for name, tensor in tensors.items():
        raw = tensor.contiguous().numpy().tobytes()
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [offset, offset + len(raw)]}
        offset += len(raw)
        data.append(raw)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    file.write_bytes(struct.pack("<Q", len(text)) + text + b"".join(data))


folder, size = Path(sys.argv[1]), sys.argv[2]
folder.mkdir(parents=True, exist_ok=True)
torch.manual_seed(1)
sizes = SIZES[size]
networks = {"analoggenie": AnalogGenie(**sizes), "nanogpt": NanoGpt(**sizes), "nanogpt-bias": NanoGpt(**sizes, bias=True)}
length = sizes["context"] if size == "tiny" else 300
tokens = torch.randint(sizes["vocabulary"], (1, length))
expected = {"tokens": tokens[0].tolist(), "heads": sizes["heads"], "logits": {}}
for name, network in networks.items():
    for parameter in network.parameters():
        # Gains, biases and matrices all far from what they begin with, at the spread of a trained network's.
        torch.nn.init.normal_(parameter, 0.0 if parameter.dim() > 1 else 0.3, 0.3 if size == "tiny" else 0.05)
    for block in network.transformer["h"] if name == "nanogpt-bias" else []:
        torch.nn.init.zeros_(block.attn.c_attn.bias[: sizes["width"]].data)
    weights = network.state_dict()
    if name == "analoggenie":
        torch.save(weights, folder / f"{name}.pth")
        save_safetensors(weights, folder / f"{name}.safetensors")
    else:
        arguments = dict(n_layer=sizes["layers"], n_head=sizes["heads"], n_embd=sizes["width"])
        torch.save({"model": weights, "model_args": arguments, "iter_num": 7, "best_val_loss": torch.tensor(1.5)}, folder / f"{name}.pth")
    with torch.no_grad():
        expected["logits"][name] = network.eval()(tokens)[0].flatten().tolist()
(folder / "expected.json").write_text(json.dumps(expected))
