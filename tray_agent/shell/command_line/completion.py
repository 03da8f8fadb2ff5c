"""Scripts that teach bash, zsh and fish the command line; made from the forms, so they cannot fall behind.

Each script is complete in itself: nothing is started while somebody presses Tab.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import get_args

from tray_agent.shell import catalogue, setting_values
from tray_agent.shell.command_line.arguments import Choice, Form, Open

Forms = Mapping[str, Form]

_LENGTHS = ("30m", "1h", "2h", "until", "today", "indefinitely")


def script(shell: str, forms: Forms) -> str:
    """The script for `bash`, `zsh` or `fish`."""
    makers: dict[str, Callable[[Forms], Iterable[str]]] = {"bash": _bash, "zsh": _zsh, "fish": _fish}
    return "".join(f"{line}\n" for line in makers[shell](forms))


def _proposals(choice: Choice, forms: Forms) -> str:
    """The words to propose; none where only the person can know."""
    match choice:
        case Open.LENGTH:
            return " ".join(_LENGTHS)
        case Open.KEY:
            return " ".join(setting_values.TYPES)
        case Open.VERB:
            return " ".join(forms)
        case Open.EXERCISE:
            return " ".join(catalogue.load().ids)
        case Open():
            return ""
        case _:
            return " ".join(choice)


def _values() -> Iterator[tuple[str, str]]:
    """Each settings key whose values can be listed, with them."""
    for key, kind in setting_values.TYPES.items():
        listed = ["true", "false"] if kind is bool else get_args(kind)
        if listed and all(isinstance(value, str) for value in listed):
            yield key, " ".join(listed)


def _options(form: Form) -> list[str]:
    return ["--help", *sorted(form.flags), *form.values]


def _quoted(text: str) -> str:
    """The text as one word of bash and zsh."""
    return "'" + text.replace("'", "'\\''") + "'"


_BASH = """\
# Completion of tray-agent for bash.
_tray_agent() {
    local now=$2 last=$3 verb=${COMP_WORDS[1]} place=0 words= i
    # Bash takes --format=json apart.
    [[ $now == = ]] && now=
    [[ $last == = ]] && last=${COMP_WORDS[COMP_CWORD - 2]}
    for ((i = 2; i < COMP_CWORD; i++)); do
        case $verb/${COMP_WORDS[i]} in
            @WITH_VALUE@)
                [[ ${COMP_WORDS[i + 1]} == = ]] && ((i++))
                ((i++))
                ;;
            */-*) ;;
            *) ((place++)) ;;
        esac
    done
    if ((COMP_CWORD == 1)); then
        words='@VERBS@ --help --version'
    elif [[ $now == -* ]]; then
        case $verb in
@OPTIONS@
        esac
    else
        case $verb/$last in
@AFTER@
            *)
                case $verb/$place in
@PLACES@
                esac
                ;;
        esac
    fi
    COMPREPLY=($(compgen -W "$words" -- "$now"))
}
complete -F _tray_agent tray-agent"""


def _bash(forms: Forms) -> list[str]:
    after = {
        f"{verb}/{option}": choice for verb, form in forms.items() for option, choice in form.values.items()
    }
    places = {
        f"{verb}/{place}": choice for verb, form in forms.items() for place, choice in enumerate(form.words)
    }
    filled = {
        "WITH_VALUE": " | ".join(after),
        "VERBS": " ".join(forms),
        "OPTIONS": _cases(
            12, ((verb, f"words='{' '.join(_options(form))}'") for verb, form in forms.items())
        ),
        "AFTER": _cases(
            12,
            (
                *((place, _bash_act(choice, forms)) for place, choice in after.items()),
                *((f"set/{key}", f"words='{values}'") for key, values in _values()),
            ),
        ),
        "PLACES": _cases(
            20,
            (
                (place, _bash_act(choice, forms))
                for place, choice in places.items()
                if choice is Open.FILE or _proposals(choice, forms)
            ),
        ),
    }
    text = _BASH
    for name, lines in filled.items():
        text = text.replace(f"@{name}@", lines)
    return text.splitlines()


def _cases(indent: int, cases: Iterable[tuple[str, str]]) -> str:
    return "\n".join(f"{' ' * indent}{when}) {act} ;;" for when, act in cases)


def _bash_act(choice: Choice, forms: Forms) -> str:
    # Readline knows best how to complete a file name, with ~ and quotes.
    return "compopt -o default" if choice is Open.FILE else f"words='{_proposals(choice, forms)}'"


def _zsh(forms: Forms) -> Iterator[str]:
    yield "#compdef tray-agent"
    yield "_tray-agent() {"
    yield "    local line state verb=$words[2]"
    yield "    local -a verbs=("
    for verb, form in forms.items():
        described = form.does.replace(":", "\\:")
        yield f"        {_quoted(f'{verb}:{described}')}"
    yield "    )"
    yield "    if ((CURRENT == 2)); then"
    yield "        _describe -t verbs verb verbs"
    yield "        return"
    yield "    fi"
    yield "    shift words"
    yield "    ((CURRENT--))"
    yield "    case $verb in"
    for verb, form in forms.items():
        yield f"        {verb}) _arguments {' '.join(_zsh_specs(form, forms))} ;;"
    yield "    esac"
    yield "    [[ $state == value ]] && case $line[1] in"
    yield from (f"        {key}) compadd {values} ;;" for key, values in _values())
    yield "    esac"
    yield "}"
    # Sourced, the function is only told of; found in a folder of $fpath, this file is its body.
    yield "if [[ $funcstack[1] == _tray-agent ]]; then"
    yield '    _tray-agent "$@"'
    yield "else"
    yield "    compdef _tray-agent tray-agent"
    yield "fi"


def _zsh_specs(form: Form, forms: Forms) -> Iterator[str]:
    yield from ("--help", *sorted(form.flags))
    for option, choice in form.values.items():
        yield _quoted(f"{option}=:{option[2:]}:{_zsh_act(choice, forms)}")
    for place, choice in enumerate(form.words, 1):
        yield _quoted(f"{place}:word:{_zsh_act(choice, forms)}")


def _zsh_act(choice: Choice, forms: Forms) -> str:
    if choice in (Open.FILE, Open.VALUE):
        return "_files" if choice is Open.FILE else "->value"
    return f"({words})" if (words := _proposals(choice, forms)) else " "


_FISH = """\
# Completion of tray-agent for fish.
function __tray_agent_at --argument-names verb place
    set -l typed (commandline -opc)
    set -l words (string match --invert -- '-*' $typed[2..])
    test "$words[1]" = $verb; or return
    test -z "$place"; or test (count $words) -eq (math $place + 1)
end
complete -c tray-agent -f
complete -c tray-agent -n 'test (count (commandline -opc)) -eq 1' -l version -d 'show the version'
complete -c tray-agent -l help"""


def _fish(forms: Forms) -> Iterator[str]:
    yield from _FISH.splitlines()
    for verb, form in forms.items():
        first = "test (count (commandline -opc)) -eq 1"
        yield _fish_line(first, f"-a {verb} -d {_fish_quoted(form.does)}")
        at_verb = f"__tray_agent_at {verb}"
        yield from (_fish_line(at_verb, f"-l {flag[2:]}") for flag in sorted(form.flags))
        for option, choice in form.values.items():
            yield _fish_line(at_verb, f"-l {option[2:]} {_fish_act(choice, forms) or '-x'}")
        for place, choice in enumerate(form.words):
            if act := _fish_act(choice, forms):
                yield _fish_line(f"{at_verb} {place}", act)
    for key, values in _values():
        yield _fish_line(f"__tray_agent_at set 1; and contains {key} (commandline -opc)", f"-a '{values}'")


def _fish_line(when: str, what: str) -> str:
    return f"complete -c tray-agent -n '{when}' {what}"


def _fish_act(choice: Choice, forms: Forms) -> str:
    if choice is Open.FILE:
        return "-r -F"
    return f"-x -a '{words}'" if (words := _proposals(choice, forms)) else ""


def _fish_quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
