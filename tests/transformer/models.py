"""Small models of random integers, named and arranged as published ones, and what they compute."""

import json

import numpy as np
from safetensors.numpy import save_file

HEADS, WIDTH, DIMENSION, LAYERS = 2, 3, 8, 2
INNER = HEADS * WIDTH
BERT = {"num_attention_heads": HEADS, "hidden_size": DIMENSION, "num_hidden_layers": LAYERS}
ALBERT = {
    "num_attention_heads": HEADS,
    "hidden_size": DIMENSION,
    "num_hidden_layers": 12,
    "num_hidden_groups": 1,
    "inner_group_num": LAYERS,
}
GPT2 = {"n_head": HEADS, "n_embd": DIMENSION, "n_layer": LAYERS, "layer_norm_epsilon": 1e-05}
CONFIGS = {"BERT-like": BERT, "ALBERT-like": ALBERT, "GPT-2-like": GPT2}
STEMS = {
    "BERT-like": "bert.encoder.layer.{}.attention.",
    "ALBERT-like": "albert.encoder.albert_layer_groups.0.albert_layers.{}.attention.",
    "GPT-2-like": "h.{}.attn.",
}


def random_layers(seed, dtype=np.float32):
    """Linear maps of every layer as a model applies them: query, key, value (x W^T) and output."""
    draw = np.random.default_rng(seed)
    shapes = [(INNER, DIMENSION)] * 3 + [(DIMENSION, INNER)]
    return [[draw.integers(-3, 4, shape).astype(dtype) for shape in shapes] for _ in range(LAYERS)]


def named(layout, layers):
    """The arrays under the names of a layout, with some that belong to other parts of a model."""
    arrays = {}
    for layer, (query, key, value, output) in enumerate(layers):
        stem = STEMS[layout].format(layer)
        if layout == "GPT-2-like":
            arrays[f"{stem}c_attn.weight"] = np.concatenate([query, key, value]).T.copy()
            arrays[f"{stem}c_proj.weight"] = output.T.copy()
            arrays[f"{stem}bias"] = np.ones((1, 1, 4, 4), np.uint8)
        elif layout == "ALBERT-like":
            parts = {"query": query, "key": key, "value": value, "dense": output}
            arrays |= {f"{stem}{name}.weight": part for name, part in parts.items()}
        else:
            parts = {"self.query": query, "self.key": key, "self.value": value, "output.dense": output}
            arrays |= {f"{stem}{name}.weight": part for name, part in parts.items()}
            arrays[f"{stem}self.query.bias"] = np.ones(INNER, np.float32)
    return arrays | {"embeddings.word_embeddings.weight": np.ones((5, DIMENSION), np.float32)}


def write_model(folder, arrays, config, ending=".safetensors"):
    """Write the files of a model; returns what a user names: the folder, or the archive."""
    folder.mkdir(exist_ok=True)
    (folder / "config.json").write_text(json.dumps(config))
    if ending == ".npz":
        np.savez(folder / "model.npz", **arrays)
        return folder / "model.npz"
    save_file(arrays, folder / "model.safetensors", {"format": "pt"})
    return folder


def attention(layers, layer, x):
    """What a layer computes before softmax, as the package transformers does: scores, and what token j adds.

    Returns arrays heads x n x n and heads x n x d.
    """
    query, key, value, output = layers[layer]

    def by_heads(weight):
        return (x @ weight.T).reshape(len(x), HEADS, WIDTH).transpose(1, 0, 2)

    scores = by_heads(query) @ by_heads(key).transpose(0, 2, 1)
    own = by_heads(value)
    added = []
    for head in range(HEADS):
        context = np.zeros((len(x), INNER))
        context[:, head * WIDTH : (head + 1) * WIDTH] = own[head]
        added.append(context @ output.T)
    return scores, np.array(added)
