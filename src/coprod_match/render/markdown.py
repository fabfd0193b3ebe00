"""A result as Markdown, to paste into a message or a document."""

from coprod_match.model.result import Result
from coprod_match.render.text import escape_markdown
from coprod_match.render.wording import SORTS, heading, understood_line


def as_markdown(result: Result) -> str:
    """A numbered list of links with reasons and cautions."""
    lines = [f"**We understood:** {escape_markdown(understood_line(result))}", "", f"**{heading(result)}**", ""]
    if result.notice:
        lines += [f"**{escape_markdown(result.notice)}**", ""]
    for entry in result.recommendations:
        resource = entry.resource
        lines.append(f"{entry.rank}. [{escape_markdown(resource.name)}]({resource.url}) ({SORTS[entry.sort]})")
        lines.append(f"   {escape_markdown(' '.join(entry.reasons))}")
        lines.extend(f"   - **Please note:** {escape_markdown(caution)}" for caution in entry.cautions)
    if result.advice:
        lines += ["", escape_markdown(result.advice)]
    return "\n".join(lines) + "\n"
