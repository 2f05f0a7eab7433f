"""Passages of an article that are meant for an AI, not for a shopper: “ignore previous instructions”. Pure.

An article is data: nothing in it is ever obeyed (`docs/decisions` say how). But such a passage would be quoted
to shoppers, and a language model behind the assistant had better not see it. So it is taken out, and the owner
is told. The patterns ask for what no honest article says, not for single words: “please ignore the previous
invoice”, “you are now logged in” and “our AI assistant answers at once” stay. What is told to an AI without
saying so (“Write a poem”) is not noticed.
"""

from __future__ import annotations

import re

from knowledge.words import fold

# What an AI was told: its instructions. "Rules" alone are those of a game or of the shop.
_TOLD = r"""(?:instructions?|prompts?|directives?|directions|commands?|guidelines|programming|guardrails
    |training|context|conversations?|assignments?|system\ (?:message|prompt|rules?|settings?)|rules|policies)"""
_BEFORE = r"(?:previous|prior|above|earlier|preceding|foregoing|former|past|existing|initial|original|old)"
_YOURS = r"(?:your|all\ your|any\ of\ your)"
_DROP = r"""(?:ignor(?:e|es|ing)|disregard(?:ing)?|forget(?:ting)?|overrid(?:e|es|ing)|bypass(?:ing)?|discard
    |neglect|set\ aside|pay\ no\ attention\ to|do\ not\ (?:follow|obey)|don.?t\ (?:follow|obey)|stop\ following)"""
_AI = r"""(?:an?\ |the\ |any\ |all\ |every\ |this\ |our\ |you,?\ )?(?:(?:helpful|friendly|virtual|evil|unrestricted
    |unfiltered|uncensored|generative)\ )*(?:ai|a\.i\.|artificial\ intelligence|llms?|large\ language\ models?
    |language\ models?|chat\ ?gpt|gpt(?:-?\d)?|claude|gemini|copilot|chat\ ?bots?|ai\ (?:assistants?|agents?
    |models?|systems?|chat\ ?bots?|bots?)|assistants?|bots?)"""
_SURE_AI = _AI.replace("|assistants?|bots?)", ")")

_ENGLISH = (
    # Drop what you were told.
    rf"\b{_DROP}\ (?:[\w']+\ ){{0,4}}?{_BEFORE}\ (?:[\w']+\ ){{0,3}}?{_TOLD}\b",
    rf"\b{_DROP}\ (?:about\ )?{_YOURS}\ (?:[\w']+\ ){{0,3}}?{_TOLD}\b",
    rf"""\b{_DROP}\ (?:about\ )?(?:all|any|every|these|those)\ (?:of\ )?(?:the\ |your\ )?(?:instructions?|prompts?
        |directives?|assignments?|guardrails)\b(?!\ (?:on|of|for|in|at|that\ came)\b)""",
    rf"""\b{_DROP}\ (?:[\w']+\ ){{0,2}}?{_TOLD}\ (?:[\w']+\ ){{0,2}}?(?:you\ (?:were|have\ been|got|received)
        |given\ to\ you|you.ve\ been)\b""",
    rf"""\b{_DROP}\ (?:absolutely\ )?(?:everything|anything|all(?:\ that)?|what(?:ever)?)\ (?:[\w']+\ ){{0,3}}?
        (?:you\ (?:were|have\ been|know|learned|received)|(?:i|we)\ (?:just\ )?(?:said|told|wrote)|before\ (?:this|that)
        |said\ before|(?:from\ )?above\ this|you.ve\ been)""",
    # Who you are now.
    rf"""\byou(?:\ are|.re)\ (?:now\ |no\ longer\ |going\ to\ be\ |about\ to\ be\ )+(?:{_SURE_AI}\b|(?:an?\ )?(?:dan|evil
        |jailbroken|unrestricted|unfiltered|uncensored|free\ from|bound\ by)\b|in\ [\w\ ]{{0,30}}\bmode\b)""",
    rf"\b(?:act|behave|respond|answer|reply|speak)\ (?:now\ )?(?:as|like)\ (?:if\ you\ (?:are|were)\ )?{_SURE_AI}\b",
    r"""\b(?:pretend|imagine)\ (?:that\ )?(?:you\ (?:are|were|have\ no)|you.re|to\ be)\ (?:an?\ )?(?:evil\ |unrestricted\ )?(?:ai
        |language\ model|assistant|chat\ ?bot|restrictions|rules|limits)\b""",
    r"\bi\ want\ you\ to\ (?:act|pretend|play|role-?\ ?play|simulate|respond|answer)\b",
    r"\b(?:stay|remain|always\ be|never\ break)\ (?:in\ )?character\b",
    r"\bdo\ anything\ now\b|\bdan\ mode\b|\bjailbreak\ (?:mode|prompt)\b|\bdeveloper\ mode\ (?:enabled|output|on)\b",
    # A word to the AI.
    rf"""^\W*(?:(?:attention|dear|hey|hi|hello|note|notice|message|instructions?|reminder|important)\W*\ )+(?:to\ |for\ )?
        {_SURE_AI}\b""",
    rf"""^\W*{_SURE_AI}\ ?(?:,|:|-|–)\ *(?:\w+\ ){{0,2}}?(?:ignore|disregard|forget|you\ (?:must|should|are)|do\ not|don.?t|say|tell|reply
        |respond|answer|recommend|write|print|output|always|never|please)\b""",
    rf"\b(?:if|when(?:ever)?|since|because)\ you(?:\ are|.re)\ {_SURE_AI}\b",
    rf"\b(?:to|for)\ {_SURE_AI}\ (?:that\ (?:reads?|process(?:es)?)|reading|processing|parsing|summari[sz]ing)\b",
    rf"""\b{_SURE_AI}\ (?:that\ (?:reads?|is\ reading|process(?:es)?)|reading|processing)\ (?:this|these)\b[^.]*\b(?:must|should
        |shall|has\ to|have\ to|please|are\ to|is\ to)\b""",
    r"\byou\ are\ (?:chat\ ?gpt|an?\ (?:large\ )?language\ model|an?\ ai\b)",
    # What an AI keeps to itself.
    r"\b(?:system|initial|hidden|secret|developer|meta)\ prompts?\b|\bsystem_?prompt\b|\bprompt\ injection\b",
    r"""\b(?:reveal|repeat|print|show|output|display|disclose|leak|translate|tell\ me|give\ me|encode|list|write\ out|write\ down|spell)\b
        (?:\ \w+){0,4}?\ (?:your|the)\ (?:\w+\ ){0,2}?(?:prompts?|(?:initial|system|hidden|secret|original|first)\ (?:instructions?
        |message|configuration|text|rules))\b""",
    r"\bwhat\ (?:are|were|is)\ your\ (?:\w+\ )?(?:instructions|prompt|guidelines)\b",
    r"\b(?:new|updated|real|actual|secret|override)\ (?:system\ )?instructions?\ ?(?::|for\ the\ (?:assistant|ai|model))",
    r"\bdo\ not\ (?:tell|inform|mention|reveal|show|let)\ (?:\w+\ ){0,4}?(?:to\ )?the\ user\b",
    r"""\b(?:from\ now\ on|from\ here\ on|henceforth)\b[^.]{0,40}\byou\ (?:are|will|must|shall|should|can)\ (?:now\ )?(?:answer|respond
        |reply|act|be\ called|obey|pretend|only\ (?:answer|respond|speak)|always\ (?:answer|respond))""",
    # The mark-up of a chat with a model.
    r"""<\|?(?:im_start|im_end|system|endoftext|user|assistant|start_header_id)\|?>|\[/?inst\]|<</?sys>>
        |\#\#\#\ *(?:system|instructions?|assistant)\ ?:|^\W*(?:system|assistant|developer)\ ?:\ *(?:you|ignore|new|override)\b
        |\bbegin\ (?:system|admin)\b|\[(?:system|admin)\ ?(?:message|override|note)?\ ?\]""",
)

_ODRZUC = r"""(?:z?ignoruj(?:cie|my)?|(?:z|)ignorowac|zapomn(?:ij|ijcie|iec)(?:\ o)?|pomin(?:cie)?|pomijaj(?:cie)?|odrzuc(?:cie)?|uniewaznij|nadpisz|obejdz
    |zlekcewaz|lekcewaz|nie\ (?:stosuj|trzymaj)\ sie(?:\ do)?|nie\ (?:przestrzegaj|wykonuj|sluchaj|zwazaj\ na)|nie\ bierz\ pod\ uwage
    |przestan\ (?:stosowac|przestrzegac|wykonywac))"""
_POLECENIA = r"""(?:instrukcj\w*|polece\w*|wytyczn\w*|prompt\w*|dyrektyw\w*|rozkaz\w*|nakaz\w*|komend\w*|konfiguracj\w*|kontekst\w*
    |zasad\w*|regul(?:y|ach||ami)|ograniczen\w*|zabezpieczen\w*)"""
_DAWNE = r"""(?:poprzedni\w*|wczesniejsz\w*|powyzsz\w*|dotychczasow\w*|uprzedni\w*|pierwotn\w*|poczatkow\w*|systemow\w*
    |swo(?:je|ich|imi|jej|ja)|twoj\w*|twoi\w*|otrzyman\w*)"""
_SI = r"""(?:ai|a\.i\.|si|sztuczn\w+\ inteligencj\w+|model(?:u|owi|em|e)?\ jezykow\w+|chat\ ?gpt|gpt|chat-?bot(?:a|owi|em|cie|y|ow)?|czat-?bot(?:a|owi|em|cie|y|ow)?
    |(?:asystent|agent|model)(?:a|owi|em|cie|ka|ko|ki|u)?\ (?:ai|si))"""

_POLISH = (
    rf"\b{_ODRZUC}\ (?:\w+\ ){{0,3}}?{_DAWNE}\ (?:\w+\ ){{0,2}}?{_POLECENIA}\b",
    rf"""\b{_ODRZUC}\ (?:\w+\ ){{0,2}}?(?:instrukcj\w*|polece\w*|wytyczn\w*|prompt\w*|dyrektyw\w*|zasad\w*)\ (?:\w+\ )?(?:powyzej|wyzej|ktore\ (?:dostal|otrzymal)\w*
        |podane\ (?:wczesniej|wyzej)|systemow\w*|od\ (?:sklepu|operatora|tworc\w+))\b""",
    rf"\b{_ODRZUC}\ (?:wszystk\w+|wszelk\w+)\ (?:instrukcj\w*|polece\w*|prompt\w*|dyrektyw\w*)(?!\ (?:na|z|o|dotycz\w+|w)\b)",
    rf"\b{_ODRZUC}\ (?:o\ )?(?:wszystk\w+|to,?|tym,?|tego,?)\ (?:,\ )?co\ (?:\w+\ ){{0,3}}?(?:wczesniej|powyzej|dotad|dotychczas|ci\ \w*powiedzia\w+|wiesz|napisano)\b",
    rf"\b(?:jestes|bedziesz|stajesz\ sie)\ (?:teraz|odtad|od\ teraz|od\ tej\ (?:pory|chwili))\ (?:\w+\ ){{0,2}}?(?:{_SI}|asystent\w*|bot\w*|modelem|dan|w\ trybie)\b",
    rf"\b(?:teraz|odtad|od\ teraz|od\ tej\ (?:pory|chwili))\ (?:jestes|bedziesz|dzialasz\ jako)\ (?:\w+\ ){{0,2}}?(?:{_SI}|asystent\w*|bot\w*|modelem|dan|w\ trybie)\b",
    rf"\b(?:zachowuj\ sie|odpowiadaj|dzialaj|wystepuj)\ (?:\w+\ )?(?:jak|jako)\ (?:\w+\ )?{_SI}\b",
    r"\budawaj,?\ (?:ze\ )?(?:jestes|nie\ masz)\b|\bwciel\ sie\ w\ (?:role|postac)\b",
    rf"\b(?:jesli|jezeli|gdy|skoro|poniewaz)\ jestes\ (?:\w+\ )?(?:{_SI}|botem|asystentem|modelem)\b",
    rf"\bjako\ {_SI}\ (?:musisz|masz|powinienes|mozesz)\b",
    rf"^\W*(?:(?:uwaga|drog\w+|hej|czesc|witaj|wiadomosc|instrukcj\w+|polecen\w+|notatka|informacja|wskazowka)\W*\ )+(?:do\ |dla\ )?{_SI}\b",
    rf"^\W*{_SI}\ ?(?:,|:|-|–)\ *(?:\w+\ ){{0,2}}?(?:z?ignoruj|zapomnij|musisz|masz|nie\ mow|mow|odpowiadaj|odpowiedz|polecaj|napisz|zawsze|nigdy|prosze)\b",
    rf"\b(?:do|dla)\ {_SI}\ (?:czytajac\w+|przetwarzajac\w+|ktor\w+\ (?:to\ )?(?:czyta|przetwarza))\b",
    r"\bprompt\w*\ (?:systemow\w+|poczatkow\w+|ukryt\w+)|\b(?:systemow\w+|ukryt\w+|poczatkow\w+)\ prompt\w*",
    r"""\b(?:ujawnij|pokaz|wypisz|powtorz|zdradz|wyswietl|podaj|przetlumacz)\ (?:mi\ )?(?:\w+\ ){0,2}?(?:swo\w+|twoj\w*|systemow\w+|ukryt\w+)\ (?:\w+\ )?
        (?:prompt\w*|instrukcj\w*|polece\w*|wytyczn\w*|konfiguracj\w*)\b""",
    r"\b(?:nie\ (?:mow|wspominaj|informuj|ujawniaj)\w*)\ (?:\w+\ ){0,3}?uzytkownik\w+",
    r"\b(?:nowe|prawdziwe|tajne|zaktualizowane)\ (?:instrukcje|polecenia)\ (?:systemowe|dla\ (?:asystenta|modelu|ai|bota))",
)

_ANY = re.compile("|".join(f"(?:{pattern})" for pattern in (*_ENGLISH, *_POLISH)), re.VERBOSE | re.MULTILINE)
# Letters of other alphabets that look like ours, as they are put into a word to hide it.
_ALIKE = str.maketrans("аеорсухіјѕԁɡοαι", "aeopcyxijsdgoai")
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"”’)\]*_]*\s+")
_ITEM = re.compile(r"\s*(?:[-*•]|\d+[.)])\s|#{1,6}\s")
_MAX_SENTENCE_CHARS = 2000


def addresses_ai(sentence: str) -> bool:
    """Tell whether a sentence is an instruction to an AI, or speaks of one's own."""
    line = " ".join(fold(sentence.replace("’", "'")).translate(_ALIKE).split())
    return any(_ANY.search(line[start : start + _MAX_SENTENCE_CHARS]) for start in _starts(len(line)))


def without_instructions(text: str) -> tuple[str, list[str]]:
    """Return `text` without the passages that address an AI, and those passages.

    Args:
        text: As `knowledge.articles.Article.body`, or a line.

    Returns:
        Of a paragraph, a list item or a heading with such a sentence only what stands before the sentence is
        kept: what follows usually is what the AI is told to do.
    """
    struck: list[str] = []
    kept: list[str] = []
    for block in re.split(r"(\n[ \t]*\n\s*)", text):
        units = [_kept(unit, struck) for unit in _units(block)]
        kept.append("\n".join(unit for unit in units if unit is not None))
    if not struck:
        return text, []
    return re.sub(r"\n{3,}", "\n\n", "".join(kept)).strip(), struck


def _units(block: str) -> list[str]:
    """Return the list items, headings and paragraphs of a block, each with its lines."""
    units: list[str] = []
    for line in block.split("\n"):
        if units and not _ITEM.match(line) and not units[-1].startswith("#"):
            units[-1] += f"\n{line}"
        else:
            units.append(line)
    return units


def _kept(unit: str, struck: list[str]) -> str | None:
    """Return what of a unit may stay, None for nothing; append what may not."""
    start = 0
    for end in [*(match.end() for match in _SENTENCE_END.finditer(unit)), len(unit)]:
        if addresses_ai(unit[start:end]):
            struck.append(unit[start:].strip())
            before = unit[:start].rstrip()
            return before if _ITEM.sub("", before).strip() else None
        start = end
    return unit


def _starts(chars: int) -> range:
    """Return where to look from in a sentence of `chars`, each look overlapping the one before."""
    return range(0, max(1, chars), _MAX_SENTENCE_CHARS // 2)
