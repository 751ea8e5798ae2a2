"""Formulas as MathML: browsers show it themselves, so a page needs neither a network nor JavaScript."""

from __future__ import annotations

from docutils import nodes
from latex2mathml.converter import convert
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.writers.html5 import HTML5Translator

LOGGER = logging.getLogger(__name__)


def converted(node: nodes.math | nodes.math_block, display: str) -> str:
    """Return a formula in MathML, and warn of a command that the converter does not know and leaves in it."""
    found = convert(node.astext(), display=display)
    if "\\" in found:
        LOGGER.warning("a command of LaTeX is not known in %s", node.astext(), location=node)
    return found


def visit_inline(translator: HTML5Translator, node: nodes.math) -> None:
    """Write a formula within a line."""
    translator.body.append(converted(node, "inline"))
    raise nodes.SkipNode


def visit_displayed(translator: HTML5Translator, node: nodes.math_block) -> None:
    """Write a formula that has lines of its own."""
    translator.body.append(f'<div class="formula">{converted(node, "block")}</div>\n')
    raise nodes.SkipNode


def setup(app: Sphinx) -> dict[str, bool]:
    """Offer the renderer to `html_math_renderer`."""
    app.add_html_math_renderer("mathml", (visit_inline, None), (visit_displayed, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
