"""Polish first names that can be declined with certainty. Data."""

from __future__ import annotations

_FEMININE = """
    Ada Adela Adelajda Adriana Agata Agnieszka Aldona Aleksandra Alicja Alina Alunia Amelia Anastazja
    Aneta Anetta Angela Angelika Ania Aniela Anita Anna Antonina Apolonia Arleta Asia Aurelia Balbina
    Barbara Basia Beata Berenika Bernadeta Blanka Bogna Bogumiła Bogusława Bożena Bożenka Bronisława
    Brygida Cecylia Celina Czesia Dagmara Danuta Daria Diana Dobrawa Dominika Donata Dorota Dorotka
    Edyta Ela Eleonora Eliza Elwira Elżbieta Elżunia Emilia Emma Erika Eugenia Ewa Ewcia Ewelina Ewka
    Ewunia Faustyna Fela Felicja Florentyna Franciszka Frania Gabriela Gabrysia Genowefa Gertruda Gosia
    Grażyna Grażynka Greta Halina Hania Hanna Hela Helena Helenka Henia Henryka Honorata Hortensja Ida
    Iga Ilona Inka Irena Irenka Irma Iwona Iza Izabela Jadwiga Jadzia Jagna Jagoda Jagusia Janina
    Jarosława Joanna Joasia Jola Jolanta Jowita Judyta Julia Julianna Julita Julka Justyna Kaja Kalina
    Kamila Kamilka Karina Karolina Karolinka Kasia Katarzyna Kazimiera Kaśka Kinga Klara Klaudia
    Klementyna Konstancja Kornelia Krysia Krystyna Ksenia Laura Lena Leokadia Lidia Lidka Ligia Lila
    Lilia Liliana Lilka Liwia Łucja Lucyna Ludmiła Ludwika Luiza Lusia Madzia Magda Magdalena Maja
    Malina Malwina Mania Marcelina Maria Marianna Mariola Marlena Marta Martyna Maryla Marylka Marysia
    Marzanna Marzena Marzenka Matylda Małgorzata Małgosia Melania Melisa Michalina Mila Milena Mirela
    Mirka Mirosława Monia Monika Nadia Nadzia Natalia Natalka Natasza Nela Nikola Nina Oktawia Ola Olcia
    Oleńka Olga Olimpia Oliwia Otylia Patrycja Paula Paulina Paulinka Pelagia Petra Pola Regina Renata
    Renia Roksana Romana Rozalia Ryszarda Róża Sabina Salomea Sandra Sara Sonia Stanisława Stasia
    Stefania Stefcia Stefka Stella Sylwia Sława Tamara Tatiana Teodora Terenia Teresa Tereska Tola Tosia
    Ula Urszula Wacława Wanda Wandzia Wera Weronika Wiesława Wiktoria Wiola Wioleta Wioletta Władysława
    Zdzisława Zenobia Zofia Zosia Zośka Zuza Zuzanna Zuzia Zyta Żaneta
"""
_MASCULINE = """
    Adam Adrian Alan Albert Aleks Aleksander Aleksy Alfred Alojzy Ambroży Anatol Andrzej Antek Antoni
    Apoloniusz Arek Ariel Arkadiusz Arnold Artur August Augustyn Aureliusz Barnaba Bartek Bartosz
    Bartłomiej Bazyli Benedykt Beniamin Bernard Bogdan Bogdanek Bogumił Bogusław Boguś Bohdan Bolek
    Bolesław Borys Bronisław Bruno Brunon Błażej Cezary Cyprian Cyryl Czarek Czesław Damian Daniel Darek
    Dariusz Dawid Denis Dionizy Dominik Donat Edmund Edward Eliasz Emil Emilian Ernest Erwin Eryk
    Eugeniusz Eustachy Fabian Felek Feliks Ferdynand Filip Florian Franciszek Franek Fryderyk Gabriel
    Gaweł Gerard Gracjan Grzegorz Grzesiek Grześ Gustaw Heniek Henryk Herbert Hieronim Hilary Hipolit
    Hubert Hugo Ignacy Igor Ireneusz Iwo Jacek Jacuś Jakub Jan Janek Janusz Jarek Jarosław Jasiek Jaś
    Jeremi Jerzy Joachim Julian Juliusz Jurek Józef Józek Jędrzej Kacper Kacperek Kajetan Kamil Karol
    Kazik Kazimierz Klaudiusz Klemens Konrad Konstanty Kordian Kornel Kosma Kostek Krystian Krzysiek
    Krzysztof Krzyś Ksawery Kuba Łazarz Lech Lechosław Leon Leonard Leopold Leszek Lesław Lolek Lubomir
    Lucjan Ludwik Łukasz Maciej Maciek Maks Maksym Maksymilian Marcel Marceli Marcin Marcinek Marek
    Marian Mariusz Mateusz Maurycy Michał Michałek Mieczysław Mieszko Mietek Mikołaj Mikołajek Milan
    Mirek Miron Mirosław Miłosz Modest Nataniel Nikodem Norbert Oktawian Olaf Oleg Olek Olgierd Oliwier
    Oskar Otto Patryk Paweł Piotr Piotrek Piotruś Przemek Przemysław Radek Radosław Rafał Rajmund
    Remigiusz Robert Roch Roland Roman Rudolf Rysiek Ryszard Samuel Sebastian Sergiusz Seweryn Stanisław
    Stasiek Staś Stefan Stefek Sylwester Szczepan Szymek Szymon Sławek Sławomir Tadek Tadeusz Teodor
    Teofil Tobiasz Tomasz Tomek Tymek Tymon Tymoteusz Tytus Wacław Waldek Waldemar Walenty Walerian
    Wawrzyniec Wiesiek Wiesław Wiktor Wilhelm Wincenty Wit Witek Witold Wojciech Wojtek Władek Władysław
    Włodzimierz Zbigniew Zbyszek Zbyszko Zdzisiek Zdzisław Zenek Zenon Ziemowit Zygfryd Zygmunt
"""

FEMININE = frozenset(_FEMININE.split())
MASCULINE = frozenset(_MASCULINE.split())
KNOWN = FEMININE | MASCULINE

VOCATIVE_EXCEPTIONS = {
    # diminutives in soft -la, and the short names in -ja
    "Ela": "Elu",
    "Fela": "Felu",
    "Hela": "Helu",
    "Jola": "Jolu",
    "Kaja": "Kaju",
    "Lila": "Lilu",
    "Maja": "Maju",
    "Mila": "Milu",
    "Nela": "Nelu",
    "Ola": "Olu",
    "Pola": "Polu",
    "Tola": "Tolu",
    "Ula": "Ulu",
    "Wiola": "Wiolu",
    # full names in -nia, unlike Ania and Hania
    "Apolonia": "Apolonio",
    "Eugenia": "Eugenio",
    "Ksenia": "Ksenio",
    "Melania": "Melanio",
    "Stefania": "Stefanio",
    # a vowel that flees
    "Aleksander": "Aleksandrze",
    "Gaweł": "Gawle",
    "Kacper": "Kacprze",
    "Paweł": "Pawle",
    "Wawrzyniec": "Wawrzyńcze",
}
