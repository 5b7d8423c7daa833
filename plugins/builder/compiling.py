"""Templates as plainer Python: what Jinja makes, in less time. They print the same (`tests/…/test_printing.py`).

Half of the time of a page goes where Jinja is ready for anything: an attribute may be an item, a value may be safe, a
macro may be told of the page it is called on. Here the usual case is written into the code of the template.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import BuiltinMethodType, FunctionType, MethodType
from typing import Any

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Macro
from jinja2.utils import missing
from markupsafe import Markup, _escape_inner, escape  # type: ignore[attr-defined]

PLAIN = {FunctionType, MethodType, BuiltinMethodType}
_text = str.__new__
"""What Markup asks of each text first it is not asked of those that were printed here."""


class PlainCode(CodeGenerator):
    """Jinja's compiler but for attributes, for what is printed of a value, and for blocks."""

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        """`words.skip`: of a dictionary the value first, as nearly all that templates ask of one is its values."""
        self.write("(_v if (_o := ")
        self.visit(node.node, frame)
        self.write(f").__class__ is not dict and (_v := getattr(_o, {node.attr!r}, missing)) is not missing"
                   f" else environment.getattr(_o, {node.attr!r}))")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("(escape_text(_v) if (_v := ")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_post(node, frame, finalize)
        else:
            self.write(").__class__ is str else escape(_v))")

    def visit_Block(self, node: nodes.Block, frame: Frame) -> None:
        """A block of a layout comes as one text, not piece by piece through all layouts."""
        if frame.buffer is not None or node.scoped or node.required or (frame.toplevel and self.extends_so_far):
            super().visit_Block(node, frame)
        else:
            self.writeline(f"yield concat(context.blocks[{node.name!r}][0]({self.get_context_ref()}))", node)


def printed(value: Any) -> str:
    """What a template prints of a value that is no plain text."""
    return value if type(value) is Markup else escape(value)


def macro_of(environment: Environment, func: Callable[..., str], name: str, arguments: Sequence[str],
             catch_kwargs: bool, catch_varargs: bool, caller: bool, autoescape: bool | None = None,
             ) -> Callable[..., str]:
    """A macro as a function; one that takes whatever it is given is Jinja's own."""
    if catch_kwargs or catch_varargs or not autoescape:
        return Macro(environment, func, name, list(arguments), catch_kwargs, catch_varargs, caller, autoescape)
    names = (*arguments, "caller") if caller and "caller" not in arguments else arguments
    count = len(names)

    def call(*values: Any, **named: Any) -> str:
        if named or len(values) != count:
            values = _filled(values, named)
        return _text(Markup, func(*values))

    def _filled(values: tuple[Any, ...], named: dict[str, Any]) -> tuple[Any, ...]:
        whole = (*values, *(named.pop(each, missing) for each in names[len(values):]))
        if named or len(whole) > count:
            raise TypeError(f"macro {name!r} takes {', '.join(names) or 'nothing'}, and was given more")
        if caller and whole[-1] is missing:
            return (*whole[:-1], environment.undefined("No caller defined", name="caller"))
        return whole

    return call


NAMES = {"escape": printed, "escape_text": _escape_inner, "Macro": macro_of}
"""What the code of a template knows besides Jinja's own names, or in their place."""


class PlainContext(Context):
    """What asks for nothing of the page it is called on is called at once."""

    def call(self, called: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        """The answer of a function or a macro."""
        if type(called) not in PLAIN or hasattr(called, "jinja_pass_arg"):
            return super().call(called, *args, **kwargs)
        if kwargs:
            kwargs.pop("_block_vars", None)
            kwargs.pop("_loop_vars", None)
        return called(*args, **kwargs)
