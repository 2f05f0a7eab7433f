"""Vectors that can be searched: one port, and what stands behind it. The home of chromadb.

    port.py     `VectorIndex`: what the library and the retriever need
    exact.py    every vector compared, in memory: fastest for a small shop
    chroma.py   Chroma in a folder of this process
    server.py   a Chroma server that several processes share
    chosen.py   exact up to a measured number of passages, Chroma above it

The SQL database is the truth; whatever is here is checked against it and built anew from it.
"""

from knowledge.index.chosen import EXACT_UP_TO, ChosenIndex, open_index
from knowledge.index.chroma import ChromaIndex
from knowledge.index.exact import ExactIndex
from knowledge.index.port import VectorIndex, Vectors
from knowledge.index.server import ChromaServerIndex

__all__ = [
    "EXACT_UP_TO",
    "ChosenIndex",
    "ChromaIndex",
    "ChromaServerIndex",
    "ExactIndex",
    "VectorIndex",
    "Vectors",
    "open_index",
]
