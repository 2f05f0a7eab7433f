"""What people write to an AI behind a shop's back, as patterns over words. Data for `knowledge.reading.instructions`.

A pattern is one line of a regular expression over a sentence as lower-case words without diacritics, parted
by one space, a colon being a word of its own. ``<name>`` stands for the words of `VOCABULARY`. Each was weighed
against honest sentences of shops: “ignore the previous invoice”, “you are now chatting with an AI assistant”,
“forget everything you know about laundry”, “zapomnij o dotychczasowych zasadach mody” must pass.
"""

from __future__ import annotations

VOCABULARY = {
    # To leave off doing as one was told.
    "drop": r"ignore|ignores|ignoring|disregard|disregarding|forget|forgetting|override|overrides|overriding"
    r"|bypass|discard|neglect|abandon|drop|set aside|pay no attention to|do not follow|do not obey"
    r"|dont follow|dont obey|stop following|stop obeying",
    "before": r"previous|previously|prior|above|earlier|preceding|foregoing|past",
    # What an AI is told. Not "messages", "orders" or "policies": shops write of those.
    "told": r"instructions?|prompts?|directives?|directions|commands?|guidelines|programming|guardrails"
    r"|training|contexts?|conversations?|assignments?|inputs?|system (?:messages?|rules?|settings?)",
    "ai": r"ai|a i|artificial intelligence|llms?|(?:large )?language models?|chat ?gpts?|gpt(?: ?\d\w*)?"
    r"|openai|claude|gemini|copilot|chat ?bots?|ai (?:assistants?|agents?|models?|systems?|bots?)"
    r"|(?:virtual|generative) (?:assistants?|ai)",
    "secret": r"initial|system|hidden|secret| original|first|internal|underlying",
    "reveal": r"reveal|repeat|print|show|output|display|disclose|leak|translate|tell me|give me|encode"
    r"|write out|write down|spell out|list",
    "say": r"say|tell|print|output|write|reply|respond|answer|give|show|do|recommend|claim",
    # The same in Polish.
    "porzuc": r"z?ignoruj(?:cie|my)?|z?ignorowac|zapomnij(?:cie)?(?: o)?|zapomniec o|pomin(?:cie)?"
    r"|pomijaj(?:cie)?|odrzuc(?:cie)?|porzuc(?:cie)?|uniewaznij|nadpisz|obejdz|z?lekcewaz"
    r"|nie stosuj sie do|nie trzymaj sie|nie przestrzegaj|nie wykonuj|nie sluchaj|nie zwazaj na"
    r"|nie bierz pod uwage|przestan (?:stosowac|przestrzegac|wykonywac)",
    "dawne": r"poprzedni\w*|wczesniejsz\w*|powyzsz\w*|dotychczasow\w*|uprzedni\w*|systemow\w*",
    "swoje": r"swoje|swoich|swoimi|swoja|swojej|swoj| twoje|twoich|twoimi| twoja| twojej| twoj",
    "polecenia": r"instrukcj\w*|polecen\w*|wytyczn\w*|prompt\w*|dyrektyw\w*|rozkaz\w*|nakaz\w*|komend\w*"
    r"|kontekst\w*",
    "si": r"ai|a i|sztuczn\w+ inteligencj\w+|model\w* jezykow\w+|llm|chat ?gpt|gpt|cha?t ?bot\w*|czat ?bot\w*"
    r"|(?:asystent|agent| model|system)\w* ai",
    # Of what is to be said to whom, without a word of any AI.
    "shopper": r"(?:(?:the|all|any|every|each|our|your|other|potential) )*(?:customers?|shoppers?|clients?|visitors?"
    r"|users?|buyers?|people|anyone|everyone|everybody|whoever|them)",
    "inform": r"tell|inform|assure|reassure|convince|persuade|advise|instruct|remind|notify|warn|promise|direct",
    "claim": r"say|tell|reply|respond|answer|state|claim|insist|recommend|suggest|mention|promise|explain|confirm"
    r"|deny",
    "klient": r"klient\w*|kupujac\w*|uzytkownik\w*|odwiedzajac\w*|pytajac\w*|kazdemu|wszystkim|im",
    "powiedz": r"powiedz(?:cie)?|mow(?:cie)?|odpowiedz(?:cie)?|odpowiadaj(?:cie)?|twierdz(?:cie)?|zapewnij(?:cie)?"
    r"|zapewniaj(?:cie)?|przekonuj(?:cie)?|przekonaj(?:cie)?|polecaj(?:cie)?|zalecaj(?:cie)?|obiecuj(?:cie)?"
    r"|obiecaj(?:cie)?|oferuj(?:cie)?|proponuj(?:cie)?|zaproponuj(?:cie)?|informuj(?:cie)?|potwierdzaj(?:cie)?",
    "ujawnij": r"ujawnij|pokaz|wypisz|powtorz|zdradz|wyswietl|podaj|przetlumacz",
}

PATTERNS = r"""
# Drop what you were told.
(<drop>)( \w+){0,4}? (<before>)( \w+){0,3}? (<told>)
(<drop>)( about)?( all| any)?( of)? your( \w+){0,3}? (<told>|rules|restrictions|limitations|filters)
(<drop>)( about)? (all|any|every|these|those)( of)?( the)? (prompts?|directives?|guardrails)
(<drop>)( about)? (all|any|every)( of)?( the)? instructions(?! (on|of|for|in|at|that|which|from|about)\b)
(<drop>)( \w+){0,3}? (<told>|rules) (above and|before (this|that)|so far|given to you|youve been)
(<drop>)( \w+){0,3}? (<told>|rules)( that)? you (were|have been|had been|got|received)
(<drop>)( absolutely)? (everything|anything|all|whatever|what)( that)? (you|youve) (were|was|have been|been)( \w+)? (told|given|taught)
(<drop>)( absolutely)? (everything|anything|all|whatever|what)( that)? (i|we)( \w+){0,2}? (said|told|wrote|discussed|instructed)
(<drop>) (everything|anything|all)( \w+)? (before (this|that)|above this)
(<drop>)( all| everything)?( the)? above( \w+)? (and|instead|but)( \w+)? (<say>)
(<drop>) everything( and| now| just)? (<say>)
your (new|real|only|next|true) (task|instructions?|goal|objective|directive|persona|purpose) (is|are|will)
your (instructions|orders) (are|have) (now|changed)
(change|replace|update|rewrite) your( \w+)? (instructions|prompt|programming)
(new|updated|real|actual|secret) (system )?instructions for( the)? (<ai>|assistant|model)|new system instructions?
# Who you are now.
you (are|will be) (now|no longer|going to be|about to be)( a| an| the| my)?( \w+)? (<ai>|assistant|dan)
youre (now|no longer|going to be)( a| an| the| my)?( \w+)? (<ai>|assistant|dan)
(you are|youre)( now)? in (developer|debug|maintenance|admin|god|dan|jailbreak|unrestricted|test|sudo|root) mode
(you are|youre) (a|an|the)( \w+)? (large language model|language model|ai)( \w+)?( that| who| which| whose|$)
you are (chat ?gpt|gpt ?\d?|dan)
(act|behave|respond|answer|reply|speak|role ?play)( now)? (as|like)( if you (are|were))?( a| an| the)?( \w+){0,2}? (<ai>|dan)
(i|we) want you to( now)?( \w+)? (act|pretend|role ?play|simulate|respond|become|imagine|ignore|forget)
(pretend|imagine)( that)? (you are|youre|you were|you have|to be)( \w+){0,2}? (<ai>|restrictions|rules|limits|dan)
(you (are|will be)|youre)( now)? (going to )?(act|acting|role ?play|role ?playing|pretending) as
from (now|here) on( out)? you( \w+){0,3}? (act|answer|respond|reply|obey|pretend|role ?play)
from now( on)?( out)? (you are|youre)( going to| in the role| now)?( \w+)? (<ai>|dan|act|role)
from here on( out)? (you are|youre)( going to| in the role| now)?( \w+)? (<ai>|dan|act|role)
(stay|remain|staying|stays) in character|break(ing)? character
do anything now|dan mode|jailbreak (mode|prompt)|developer mode (enabled|output|on)|jailbroken
(unfiltered|unfiltred|uncensored|amoral|unrestricted)( and)?( \w+)? (<ai>|assistant|bot|character)
(no|any) (ethical|moral)( or)?( \w+)? (guidelines|restrictions|bounds|boundaries|limits|constraints)
# A word to the AI.
^(attention|dear|hey) (all |any |the |every )?(<ai>)( (?!is|can|are|may)|$)
^(note|notice|message|instructions?|reminder|important|information)( :)? (to|for) (all |any |the |every )?(<ai>)( :|$)
^(<ai>|assistant) : (please )?(you|ignore|disregard|forget|<say>|always|never|do not)
^(<ai>) (please|you (must|should|are|will))
(if|when|whenever|since|because|as) (you are|youre)( (a|an|the)( \w+)?)? (<ai>)
(to|for) (any |all |the |every )?(<ai>)( that| which| who)? (reads?|reading|process|processes|processing|parsing|summari[sz]ing|crawling)
(<ai>)( that| which)? (reads?|is reading|reading|processing) (this|these)( \w+){0,6}? (must|should|shall|has to|have to|please|are to|is to)
(do not|dont|never) (tell|inform|mention|reveal)( \w+){0,4}? the user
# What an AI keeps to itself.
(system| initial|hidden|secret|developer) prompts?|systemprompt|system_prompt|prompt injection
(<reveal>)( \w+){0,2}? (your|the|all|this)( \w+)? prompts?
(<reveal>)( \w+){0,3}? your( \w+)? (<secret>) (instructions?|messages?|configuration|text|rules|guidelines|settings)
what (are|were|is) your( \w+)? (<secret>) (instructions|prompt|rules|guidelines|message)
(start|begin|prefix)( all| each| every)?( of)? your (answers?|responses?|repl(y|ies)|outputs?) with
# Polish: drop what you were told.
(<porzuc>)( \w+){0,3}? (<dawne>)( \w+){0,2}? (<polecenia>)
(<porzuc>)( \w+){0,2}? (<swoje>)( \w+){0,2}? (<polecenia>|zabezpieczen\w*|konfiguracj\w*|zaprogramowan\w*)
(?!zapomnij)(<porzuc>)( \w+){0,2}? (<dawne>|<swoje>)( \w+)? (zasad\w*|regul\w*|ograniczen\w*)
(<porzuc>)( \w+){0,2}? (<polecenia>) (powyzej|wyzej|systemow\w*|ktore (dostal|otrzymal)\w*|podane (wczesniej|wyzej|powyzej))
(<porzuc>) (wszystk\w+|wszelk\w+) (instrukcje|instrukcjach|polecenia|poleceniach|prompty|promptach|dyrektywy)(?! (na|z|ze|o|dotycz\w+|w|do|dla)\b)
(<porzuc>)( o)? (wszystko|wszystkim|to|tym|tego) co( \w+){0,3}? (wczesniej|powyzej|dotad|dotychczas|powiedzia\w+|napisano|mowi\w+|polecono|kazano)
(<swoje>) (nowe|nowa|nowym|nowy|prawdziwe|prawdziwa|jedyne|jedyna) (zadanie|zadaniem|rola|cel|celem|instrukcj\w+|polecen\w+)
(nowe|prawdziwe|tajne|zaktualizowane) (instrukcje|polecenia) (systemowe|dla (asystenta|modelu|ai|bota|chat ?bota|czat ?bota))
# Polish: who you are now.
(jestes|bedziesz|stajesz sie) (teraz|odtad|od teraz|od tej (pory|chwili))( \w+)? (<si>|asystent\w*|bot\w*|dan)
(teraz|odtad|od teraz|od tej (pory|chwili)) (jestes|bedziesz|dzialasz jako|staniesz sie)( \w+)? (<si>|asystent\w*|bot\w*|dan)
(jestes|bedziesz)( teraz)? w trybie (deweloper\w*|programist\w*|debug\w*|serwisow\w*|administrator\w*|bez ograniczen)
(od teraz|odtad|od tej (pory|chwili))( \w+){0,2}? (odpowiadaj|odpowiadasz|udawaj|udajesz| mow|mowisz)
(zachowuj sie| odpowiadaj|dzialaj|wystepuj|mow)( \w+)? (jak|jako)( \w+)? (<si>)
(udawaj|wyobraz sobie) ze (jestes|nie masz)( \w+)? (<si>|asystent\w*|ograniczen\w*|zasad\w*)
(jesli|jezeli|gdy|skoro|poniewaz) jestes( \w+)? (<si>|botem)
jako (<si>) (musisz|masz|powinienes|powinnas)
# Polish: a word to the AI.
^(uwaga|drog\w+|hej|czesc|witaj) (<si>)( (?!moze|jest|nie)|$)
^(uwaga|wiadomosc|instrukcj\w+|polecen\w+|notatka|informacja|wskazowk\w+)( :)? (do|dla) (<si>)( :|$)
^(<si>|asystencie) : (prosze )?(z?ignoruj|zapomnij|musisz|masz|nie mow| mow| odpowiadaj|odpowiedz|polecaj|napisz|zawsze|nigdy)
^(<si>|asystencie) (z?ignoruj|zapomnij|musisz|masz|powiedz| odpowiadaj|napisz)
(do|dla) (<si>) (czytajac\w+|przetwarzajac\w+|ktor\w+ (to )?(czyta|przetwarza))
(nie mow|nie wspominaj|nie informuj|nie ujawniaj)( \w+){0,3}? uzytkownik\w+
# Polish: what an AI keeps to itself.
prompt\w* (systemow\w+|poczatkow\w+|ukryt\w+)|(systemow\w+|ukryt\w+|poczatkow\w+) prompt\w*
(<ujawnij>)( mi)?( \w+){0,2}? (<swoje>|systemow\w+|ukryt\w+)( \w+)? (prompt\w*|instrukcj\w*|polecen\w*|wytyczn\w*|konfiguracj\w*)
"""

MARKS = r"""
<\|?(im_start|im_end|system|endoftext|user|assistant|start_header_id|eot_id)\|?>
\[/?inst\]|<</?sys>>|</?(system|system_prompt|instructions?)>
\#\#\# *(system|instructions?|assistant|new instructions?) *:
^\W*(system|developer) *: *(you|ignore|new|override|disregard|forget)\b
\b(begin|end) (system|admin) (prompt|message|override|note)\b|\[(system|admin) (message|override|note)\]
"""
"""Marks by which chats with a model are written down, over the sentence as it stands, in lower case."""

HINTS = tuple(
    """
    ignor|disregard|forget|overrid|bypass|discard|neglect|abandon|drop|set aside|attention|not follow|nt follow
    |not obey|nt obey|stop follow|stop obey|instruct|prompt|programming|your new|your real|your only|your next
    |your true|your orders| ai |a i |gpt|llm|language model|bot|assistant| dan |artificial| mode|claude|gemini
    |copilot|want you to|pretend|imagin| act |acting as| role|from now|from here|character|anything now|jailbr
    |unfilt|uncensor|amoral|unrestrict|ethical|moral|the user| initial|system|hidden|secret| original|internal
    |underlying|your first|your answer|your respon|your repl|your output|openai|generative
    |zapomn| pomi|odrzuc|porzuc|uniewazn|nadpisz|obejdz|lekcewaz|nie stosuj|nie trzymaj|nie przestrzeg|nie wykon
    |nie sluch|nie zwazaj|nie bierz|przestan|nowe |nowa |nowym |nowy |prawdziw| jedyn|tajne|zaktualiz|jestes
    |bedziesz|stajesz|staniesz|dzialasz|od teraz|odtad|od tej|zachowuj| odpowiadaj|dzialaj|wystepuj| mow|udawaj
    |wyobraz|sztuczn| model| czat|uzytkown|asyst| swo| twoj
    """.replace("\n    |", "|")
    .strip("\n ")
    .split("|")
)
"""A sentence without any of these has none of the patterns: looked for first, for it is sooner done."""


SUSPECT = r"""
# What is to be said to shoppers.
(^|\b(always|never|please|must|should|shall|and|then|to|do not|dont|just|also) )(<inform>) (<shopper>)( that| about| to| not| the| our| we|$)
\b(always|never|only|must|do not|dont|should)( \w+)? (<claim>)( \w+){0,3}? (to|with|for) (customers|shoppers|clients|visitors|users|buyers)
(if|when|whenever|should) (someone|anyone|anybody|somebody|people|a customer|a shopper|a client|a user|a visitor|a buyer|the customer|the shopper|the user|the client|customers|shoppers|users|clients|visitors|they)( \w+){0,2}? (asks?(?! (you|us|me)\b)|inquires?|enquires?|wants? to know|complains?)( \w+){0,14}? (<claim>|always|never|offer|send them|refer them|direct them|give them|point them)
(when|if|whenever)( you are| youre)? (asked|answering|responding|replying|quoting|summari[sz]ing)( \w+){0,9}? (<claim>|always|never)\b
^(please )?(always|never|do not|dont) (recommend|mention|claim|suggest|promise|imply|admit|say that|say you|say we|state that|deny|praise)
(always|never) (answer|reply|respond|say|state|claim)( \w+)? (that|with|as|by|only|in)\b
^(only )?(respond|answer|reply) (only|that|as if|as though|to (all|every|any|each))\b
(customers|shoppers|clients|visitors|users|buyers|everyone|everybody|anyone who \w+)( \w+){0,4}? (must|should|shall|has to|have to|is to|are to|ought to)( \w+)? be (told|assured|informed|convinced|persuaded|reminded|advised|sent|directed|referred|pointed)\b
^(always |never |please )?(let|make) (<shopper>) (know|believe|think|understand)
(whoever|anyone|anybody|everyone|everybody)( who)? (asks?|asking|inquires?)( \w+){0,6}? (gets? the answer|is to|must be|should be|is told|are told)
(if|when|whenever) (a|the|any) (customer|shopper|client|visitor|buyer)( (?!we\b)\w+){1,8}? (mention|tell them|assure them|say that|recommend|talk them)\b
# How answers are to be.
(make sure|see to it|ensure)( that)?( \w+)? (every|each|all|any|your|the)( \w+)? (answers?|repl(y|ies)|responses?)
(in|of|to) (every|each|all)( of)?( your)? (answers?|repl(y|ies)|responses?)\b(?! to (your|our))
(your|every|each|all) (answers?|repl(y|ies)|responses?) (must|should|shall|has to|have to|needs? to|will always)
(begin|start|end|finish|open|close)( \w+)? (every|each|all)( \w+)? (answers?|repl(y|ies)|responses?|messages?|conversations?)
the( only)? (correct|right|proper|valid|official) (answer|reply|response) (is|to (this|that|every|all|any))
(assistant|chat ?bot|bot|help ?desk|support agents?|support team) (must|should|shall|has to|have to|needs to|is to|are to)( not)?( \w+)? (<claim>|<inform>|offer|give|use|refuse)
(this|these|the following|the above) (page|text|article|information|paragraph|note|section|document|rules?)( \w+){0,2}? (overrides?|supersedes?|takes? precedence|take priority|takes priority|outranks?)
(treat|consider|regard) (this|the following|the above) as( the| an| a)?( \w+)? (truth|fact|instruction|authoritative|official|binding|final)
(do not|dont|never|avoid) (quote|cite|quoting|citing|mentioning|using|use|trust|rely on|relying on)( \w+){0,2}? (other|another|any other|older|previous|remaining) (articles?|pages?|sources?|documents?|passages?|answers?)
# Polish: what is to be said to shoppers.
(^|\b(zawsze|nigdy nie|prosze|nalezy|musisz|masz|i|oraz|wtedy|tylko|po prostu) )(<powiedz>|poinformuj|przekaz)( \w+){0,1}? (?!kupujac)(<klient>)( ze| o| by| zeby| aby| iz| tylko| zawsze| do| na|$)
(?:^|\b(?:i|a|oraz) )(klientom|klientowi|klientce|kupujacym|uzytkownikom|uzytkownikowi|pytajacym|pytajacemu|wszystkim|kazdemu)( \w+){0,2}? (<powiedz>|podawaj|nie mow|nie wspominaj)
(jesli|jezeli|gdy|kiedy|jak|gdyby)( \w+){0,2}? (ktos|ktokolwiek|klient\w*|kupujac\w*|uzytkownik\w*|osoba)( \w+){0,2}? (za|s|wy)?pyta\w*(?! (cie|ciebie|o (twoj\w*|haslo))\b)( \w+){0,14}? (<powiedz>|polec|podaj|podawaj|nie mow|nie wspominaj|zaprzecz\w*|odsylaj|odeslij|skieruj|kieruj)
^(zapytan[aeyi]|pytan[aeyi]|na pytani\w+|odpowiadajac)( \w+){0,12}? (<powiedz>|zawsze|nigdy|nie wspominaj)
^(zawsze|nigdy nie) (polecaj|zalecaj|wspominaj|obiecuj|twierdz|przyznawaj|chwal|odpowiadaj|mow)(cie)?
^nie (wspominaj|przyznawaj)(cie)? (o|ze|sie|klient\w+)\b
^(nie |nigdy nie |zawsze )?(<powiedz>|nie informuj(?:cie)?|nie zapewniaj(?:cie)?)( \w+)? klient(a|om|ow|owi|ce|ki)?\b
(nalezy|trzeba|wolno|prosze)( \w+)? (mowic|powiedziec|informowac|poinformowac|zapewniac|zapewnic|przekonywac|przekonac|polecac|obiecywac|odpowiadac)( \w+)? klient\w+
klient\w+ (maja|powinni|musza|ma|powinien|musi)( \w+)? (slyszec|uslyszec|uwierzyc|dowiadywac sie|myslec)
^(kto|ktokolwiek|kazdemu kto)( \w+)? (za|s)?pyta\w*( \w+){0,8}? (<powiedz>|uslyszy|ma uslyszec|dostanie odpowiedz)
(jesli|jezeli|gdy|kiedy) (ktos|klient\w*|kupujac\w*)( \w+){1,6}? (wspomnij|powiedz (mu|jej|im|ze)|zapewnij|polec (mu|jej|im)|przekonaj|przekonuj)
# Polish: how answers are to be.
w (swoich |twoich )?odpowiedziach (zawsze|nigdy)
w (kazdej|wszystkich)( swojej| swoich| twojej| twoich)? (odpowiedzi|odpowiedziach)\b
(kazda|twoja|wszystkie|twoje)( twoja| twoje)? (odpowiedz|odpowiedzi)( \w+)? (musi|musza|powinna|powinny|ma byc|maja byc|ma zawierac|maja zawierac)
(zacznij|zaczynaj|zakoncz|koncz|rozpocznij|rozpoczynaj)( \w+)? (kazda|kazdy|wszystkie)( \w+)? (odpowiedz|odpowiedzi|wiadomosc|wiadomosci|rozmowe|rozmowy)
(kazda|kazdy|wszystkie)( twoja| twoje)? (odpowiedz|odpowiedzi|wiadomosc|wiadomosci|rozmowe|rozmowy) (zacznij|zaczynaj|zakoncz|koncz|rozpocznij|rozpoczynaj)
(jedyna|prawidlowa|poprawna|wlasciwa)( \w+)? odpowiedz (to|brzmi|na (to|kazde|wszystkie))
(asystent|chat ?bot|czat ?bot|bot|konsultant)\w* (musi|powinien|powinna|ma|nie moze|nie powinien|nie powinna|maja|musza|powinni)( \w+){0,2}? (powiedziec|mowic|odpowiedziec|odpowiadac|polecac|informowac|twierdzic|proponowac|zapewnia\w*|oferowac|wspominac)
(ta|ten|to|niniejsz\w+|ponizsz\w+|powyzsz\w+) (strona|tekst|artykul|informacja|informacje|notatka|akapit)( \w+){0,2}? (ma pierwszenstwo|maja pierwszenstwo|uniewaznia\w*|nadpisuj\w+|jest wazniejsz\w+|sa wazniejsze)
nie (cytuj|korzystaj|powoluj sie|opieraj sie)( \w+){0,2}? (inn\w+|pozostal\w+|starsz\w+) (artykul\w*|stron\w*|zrodl\w*|dokument\w*)
"""
"""What tells somebody how to answer shoppers: the owner is asked to look at it. An honest article speaks to
shoppers, not of them; a handbook of a shop's staff does, and is no article either."""

SUSPECT_HINTS = tuple(
    """
    customer|shopper|client|visitor| user|buyer|people|anyone|everyone|everybody|whoever| them|asked|answer|repl
    |respon|respond|always|never|quoting|summari|bot |assistant|help desk|support|this |these |the above
    |the following|recommend|mention|claim|promise|quote|cite|citing|using| use|rely|trust
    |klient|kupuj|uzytkown|odwiedz|pytaj|pyta|pytan|odpowied| odpowiad|zawsze|nigdy|wszystkim|kazdemu| im |ktos
    |ktokol|osoba|wspomin|przyznaw|asystent|czat|konsult|kto |nalezy|trzeba|make sure|ensure|see to it| let |pierwszenstw|uniewazn|nadpis|wazniejsz|cytuj|korzyst
    |powoluj|opieraj|kazda|kazdy|wszystkie
    """.replace("\n    |", "|")
    .strip("\n ")
    .split("|")
)
"""As `HINTS`, of `SUSPECT`."""
