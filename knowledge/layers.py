"""Which files a knowledge base is built of: a deployment's lie over the shipped ones, by name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge import golden, resources
from knowledge.yaml_source import KnowledgeError, read_text

NOTICES = "notices"
_GOLDEN = "golden.yaml"
_ELSEWHERE = f"{golden.FOLDER}elsewhere.yaml"
"""What `golden.yaml` lies over: the questions of no notice had that name before."""
_FOLDERS = (golden.FOLDER, resources.FOLDER)


@dataclass(frozen=True, slots=True)
class File:
    """A file's text at hand; `path` is what messages call it, `folder` where it lies (golden/)."""

    path: Path
    text: str
    folder: str = ""

    @property
    def name(self) -> str:
        """By which it lies over another: `<notice>.yaml`, `golden/<any>.yaml`."""
        return self.folder + self.path.name


def file_of(name: str, text: str) -> File:
    """The file of a name that another one told: `file_of(f.name, f.text)` is like `f`."""
    folder = next((folder for folder in _FOLDERS if name.startswith(folder)), "")
    return File(Path(name), text, folder)


Layer = Path | Sequence[File]
"""A directory, or files at hand."""


def files_of(directory: Path) -> tuple[File, ...]:
    """The directory's own YAML files, read once. Raises KnowledgeError with all problems."""
    problems: list[str] = []
    files = overlaid([directory], problems, asked=True)
    if problems:
        raise KnowledgeError(problems)
    return files


def is_resource(name: str) -> bool:
    """Whether a file of this name holds resources."""
    return name.startswith(resources.FOLDER)


def is_golden(name: str) -> bool:
    """Whether a file of this name holds golden questions of no notice, and nothing else."""
    return name == _GOLDEN or name.startswith(golden.FOLDER)


def overlaid(layers: Sequence[Layer], problems: list[str], asked: bool) -> tuple[File, ...]:
    """Each name's file of the last layer that has it, by name; only those are read.

    Without `asked` no golden questions of no notice are. `problems` are added to.
    """
    found: dict[str, tuple[str, Path] | File] = {}
    for layer in layers:
        if isinstance(layer, Path):
            problems += _misplaced(layer)
            here: dict[str, tuple[str, Path] | File] = dict(_yaml_files(layer))
        else:
            here = {file.name: file for file in layer}
        found |= {_ELSEWHERE if name == _GOLDEN else name: file for name, file in here.items()}
    files = []
    for name, file in sorted(found.items()):
        if not asked and is_golden(name):
            continue
        try:
            files.append(file if isinstance(file, File) else _read(*file))
        except KnowledgeError as error:
            problems += error.problems
    return tuple(files)


def _read(folder: str, path: Path) -> File:
    return File(path, read_text(path), folder)


def _yaml_files(directory: Path) -> Iterator[tuple[str, tuple[str, Path]]]:
    """By name the directory's own files, those of its `notices`, `golden` and `resources`."""
    for place, folder in (
        (directory, ""),
        (directory / NOTICES, ""),
        *((directory / folder, folder) for folder in _FOLDERS),
    ):
        for path in sorted(place.glob("*.yaml")):
            yield folder + path.name, (folder, path)


def _misplaced(directory: Path) -> Iterator[str]:
    """What would be passed over in silence."""
    if not directory.is_dir():
        yield f"{directory}: no such directory"
    for place in (directory, directory / NOTICES, *(directory / name for name in _FOLDERS)):
        for path in sorted(place.glob("*.yml")):
            yield f"{path}: the name must end in .yaml"
    if (directory / _GOLDEN).exists() and (directory / _ELSEWHERE).exists():
        yield f"{directory / _GOLDEN}: {_ELSEWHERE} is the same: put it all there"
    for path in sorted(directory.glob("*.yaml")):
        if (directory / NOTICES / path.name).exists():
            yield f"{path}: there is another one in {NOTICES}/"
