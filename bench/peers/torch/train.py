"""Trains a GPT-2 in PyTorch from the weights and batches that Kelvin's bench wrote, and prints losses and times as JSON.

    python3 train.py FOLDER

FOLDER holds run.json (the settings), model.safetensors and batches.bin (int32: for each step its tokens, then its labels).
It needs torch and numpy alone; safetensors is a header and raw numbers, read here by hand.
"""
import json
import math
import struct
import sys
import time

import numpy
import torch
import torch.nn.functional as F


def read_weights(path):
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        data = file.read()
    weights = {}
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        start, end = entry["data_offsets"]
        array = numpy.frombuffer(data[start:end], dtype="<f4").reshape(entry["shape"]).copy()
        weights[name.removeprefix("transformer.")] = torch.nn.Parameter(torch.from_numpy(array))
    return weights


def forward(w, run, tokens):
    batch, length = tokens.shape
    heads, width = run["heads"], run["width"]
    x = w["wte.weight"][tokens] + w["wpe.weight"][:length]
    mask = torch.full((length, length), -math.inf).triu(1)
    for i in range(run["layers"]):
        p = f"h.{i}."
        y = F.layer_norm(x, (width,), w[p + "ln_1.weight"], w[p + "ln_1.bias"], run["epsilon"])
        qkv = torch.addmm(w[p + "attn.c_attn.bias"], y.view(-1, width), w[p + "attn.c_attn.weight"])
        q, k, v = (part.view(batch, length, heads, width // heads).transpose(1, 2) for part in qkv.split(width, 1))
        scores = q @ k.transpose(2, 3) / math.sqrt(width // heads) + mask
        y = (torch.softmax(scores, -1) @ v).transpose(1, 2).reshape(-1, width)
        x = x + torch.addmm(w[p + "attn.c_proj.bias"], y, w[p + "attn.c_proj.weight"]).view(x.shape)
        y = F.layer_norm(x, (width,), w[p + "ln_2.weight"], w[p + "ln_2.bias"], run["epsilon"])
        y = torch.addmm(w[p + "mlp.c_fc.bias"], y.view(-1, width), w[p + "mlp.c_fc.weight"])
        y = F.gelu(y, approximate="tanh")
        x = x + torch.addmm(w[p + "mlp.c_proj.bias"], y, w[p + "mlp.c_proj.weight"]).view(x.shape)
    x = F.layer_norm(x, (width,), w["ln_f.weight"], w["ln_f.bias"], run["epsilon"])
    return x.view(-1, width) @ w["wte.weight"].t()


def rate(run, step):
    warm, steps = run["warmup"], run["steps"]
    if step < warm:
        return run["rate"] * (step + 1) / warm
    progress = min(1, (step - warm) / (steps - warm))
    return run["rate"] * (run["finalShare"] + (1 - run["finalShare"]) * 0.5 * (1 + math.cos(math.pi * progress)))


def main(folder):
    with open(folder + "/run.json") as file:
        run = json.load(file)
    torch.set_num_threads(run["threads"])
    w = read_weights(folder + "/model.safetensors")
    shape = (run["steps"], 2, run["sequences"], run["length"])
    batches = torch.from_numpy(numpy.fromfile(folder + "/batches.bin", dtype="<i4").reshape(shape).astype("int64"))
    decayed = [p for p in w.values() if p.dim() > 1]
    others = [p for p in w.values() if p.dim() == 1]
    optimiser = torch.optim.AdamW(
        [{"params": decayed, "weight_decay": run["decay"]}, {"params": others, "weight_decay": 0.0}],
        lr=run["rate"], betas=(run["beta1"], run["beta2"]), eps=run["adamEpsilon"])
    losses, seconds = [], []
    for step in range(run["steps"]):
        start = time.perf_counter()
        tokens, labels = batches[step, 0], batches[step, 1]
        loss = F.cross_entropy(forward(w, run, tokens), labels.reshape(-1))
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(w.values(), run["clip"])
        for group in optimiser.param_groups:
            group["lr"] = rate(run, step)
        optimiser.step()
        seconds.append(time.perf_counter() - start)
        losses.append(loss.item())
    print(json.dumps({"version": torch.__version__, "losses": losses, "seconds": seconds}))


main(sys.argv[1])
