"""Texts of the page on which an owner tries a question."""

from __future__ import annotations

from foundation.language import Language

PL, EN = Language.PL, Language.EN

KNOWLEDGE_TRY_TEXTS: dict[str, dict[Language, str]] = {
    "knowledge.try_lead": {
        PL: "Zobacz, które fragmenty znajduje pytanie i dlaczego, oraz co odpowiedziałby asystent. "
        "Nic się nie zapisuje i nikt tego nie widzi.",
        EN: "See which passages a question finds and why, and what the assistant would answer. Nothing is "
        "kept, and nobody sees it.",
    },
    "knowledge.try_any": {PL: "Rozpoznaj", EN: "Detect it"},
    "knowledge.try_go": {PL: "Zapytaj", EN: "Ask"},
    "knowledge.try_too_long": {
        PL: "Pytanie jest za długie: zmieści się {count} znak."
        "|Pytanie jest za długie: zmieszczą się {count} znaki."
        "|Pytanie jest za długie: zmieści się {count} znaków.",
        EN: "The question is too long: {count} character fits."
        "|The question is too long: {count} characters fit.",
    },
    "knowledge.verdict": {PL: "Co sądzi wyszukiwarka", EN: "What the search makes of it"},
    "knowledge.zone.answer": {
        PL: "Wie: pierwszy fragment odpowiada.",
        EN: "It knows: the first passage answers.",
    },
    "knowledge.zone.ask_back": {
        PL: "Nie jest pewna: dopytuje o najbliższe tematy.",
        EN: "It is not sure: it asks back about the nearest topics.",
    },
    "knowledge.zone.unknown": {
        PL: "Nie wie: w artykułach tego nie ma.",
        EN: "It does not know: this is not in the articles.",
    },
    "knowledge.sure": {PL: "Pewność", EN: "Confidence"},
    "knowledge.understood": {PL: "Jak zrozumiano słowa", EN: "How the words were understood"},
    "knowledge.read_as": {PL: "odczytane jako", EN: "read as"},
    "knowledge.took": {PL: "Czas", EN: "Time"},
    "knowledge.took_ms": {
        PL: "wyszukiwanie {search} ms, cała odpowiedź {answer} ms",
        EN: "search {search} ms, the whole answer {answer} ms",
    },
    "knowledge.state": {PL: "Stan bazy nr", EN: "State of the library"},
    "knowledge.answer": {PL: "Co odpowiedziałby asystent", EN: "What the assistant would answer"},
    "knowledge.answer_hint": {
        PL: "Tak jak gościowi, na pierwsze pytanie w rozmowie.",
        EN: "As to a guest, to the first question of a conversation.",
    },
    "knowledge.ranked": {PL: "Znalezione fragmenty", EN: "Passages that were found"},
    "knowledge.ranked_hint": {
        PL: "Od najlepszego. Wynik porównuje fragmenty tego pytania; oceny cząstkowe mówią, skąd się wziął.",
        EN: "Best first. The score compares the passages for this question; the scores below say where it "
        "comes from.",
    },
    "knowledge.is_cited": {PL: "zacytowany", EN: "cited"},
    "knowledge.score": {PL: "Wynik", EN: "Score"},
    "knowledge.why": {PL: "Dlaczego", EN: "Why"},
    "knowledge.why_score": {
        PL: "Skąd wynik: co dodał każdy sposób szukania",
        EN: "Where the score comes from: what each way of searching added",
    },
    "knowledge.why_sure": {
        PL: "Skąd pewność: co przemawia za tym fragmentem",
        EN: "Where the confidence comes from: what speaks for this passage",
    },
    "knowledge.signal_name": {PL: "Ocena", EN: "Score"},
    "knowledge.signal_value": {PL: "Wartość", EN: "Value"},
    "knowledge.signal_weight": {PL: "Waga", EN: "Weight"},
    "knowledge.weight_topic": {PL: "Waga: temat", EN: "Weight: topic"},
    "knowledge.weight_answer": {PL: "Waga: odpowiedź", EN: "Weight: answer"},
    "knowledge.signal_bar": {PL: "Wykres", EN: "Bar"},
    # What added to the score of a passage
    "knowledge.way.char": {PL: "Podobieństwo liter", EN: "Likeness of letters"},
    "knowledge.way.begun": {PL: "Słowa pytania we fragmencie", EN: "Words of the question in it"},
    "knowledge.way.opening": {PL: "Słowa pytania na początku", EN: "Words of the question at its start"},
    "knowledge.way.kin": {PL: "Synonimy", EN: "Synonyms"},
    "knowledge.way.phrased": {PL: "Podobieństwo do tytułu i pytań", EN: "Likeness to title and phrasings"},
    "knowledge.way.dense": {PL: "Podobieństwo znaczenia", EN: "Likeness of meaning"},
    "knowledge.way.form": {
        PL: "Rodzaj odpowiedzi (kiedy, ile, jak…)",
        EN: "Kind of answer (when, how much, how…)",
    },
    # What speaks for it as the answer
    "knowledge.signal.coverage": {PL: "Słowa pytania we fragmencie", EN: "Words of the question in it"},
    "knowledge.signal.matched": {PL: "Liczba wspólnych słów", EN: "Number of words in common"},
    "knowledge.signal.known": {PL: "Słowa znane z artykułów", EN: "Words known from the articles"},
    "knowledge.signal.shop": {PL: "Słowa o zakupach", EN: "Words of shopping"},
    "knowledge.signal.strange": {PL: "Słowa obce artykułom", EN: "Words that no article has"},
    "knowledge.signal.begun": {PL: "Słowa w pełni obecne", EN: "Words that are there in full"},
    "knowledge.signal.missing": {PL: "Najważniejsze brakujące słowo", EN: "Heaviest word that is missing"},
    "knowledge.signal.opening": {PL: "Słowa pytania w pierwszym zdaniu", EN: "Words in its first sentence"},
    "knowledge.signal.heading": {PL: "Podobieństwo do tytułu i pytań", EN: "Likeness to title and phrasings"},
    "knowledge.signal.char": {PL: "Podobieństwo liter", EN: "Likeness of letters"},
    "knowledge.signal.dense": {PL: "Podobieństwo znaczenia", EN: "Likeness of meaning"},
    "knowledge.signal.form": {
        PL: "Rodzaj odpowiedzi (kiedy, ile, jak…)",
        EN: "Kind of answer (when, how much…)",
    },
    "knowledge.signal.above": {PL: "Przewaga nad wszystkimi", EN: "How far above all others"},
    "knowledge.signal.ahead": {PL: "Przewaga nad piątym", EN: "How far ahead of the fifth"},
    "knowledge.signal.nearer": {
        PL: "Bliżej pytania niż sąsiedzi",
        EN: "Nearer to the question than its neighbours",
    },
    # Where nothing was found
    "knowledge.nothing_ranked": {PL: "Nic nie znaleziono", EN: "Nothing was found"},
    "knowledge.write_for": {PL: "Napisz artykuł na to pytanie", EN: "Write an article for this question"},
}
