"""What things are: frozen values, standard library only, no input or output."""

from collation.model.apparatus import (
    Apparatus,
    Entry,
    Family,
    Hand,
    ProposedRuling,
    Reading,
    Row,
    Tier,
    Unexamined,
)
from collation.model.document import (
    Catalogue,
    CatalogueField,
    Document,
    Passage,
    Segment,
    Sheet,
    Source,
    Testimony,
    Token,
    Witness,
)
from collation.model.hypothesis import Edit, Feature, Hypothesis
from collation.model.links import Aligned, Link, SentencePair, WordLink
from collation.model.parts import Box, Element, OnPage, PageSize, Part, Told
from collation.model.place import Place, Span
from collation.model.witness_table import Column, Table, Unit, VariantKind

__all__ = [
    "Aligned",
    "Apparatus",
    "Box",
    "Catalogue",
    "CatalogueField",
    "Column",
    "Document",
    "Edit",
    "Element",
    "Entry",
    "Family",
    "Feature",
    "Hand",
    "Hypothesis",
    "Link",
    "OnPage",
    "PageSize",
    "Part",
    "Passage",
    "Place",
    "ProposedRuling",
    "Reading",
    "Row",
    "Segment",
    "SentencePair",
    "Sheet",
    "Source",
    "Span",
    "Table",
    "Testimony",
    "Tier",
    "Token",
    "Told",
    "Unexamined",
    "Unit",
    "VariantKind",
    "Witness",
    "WordLink",
]
