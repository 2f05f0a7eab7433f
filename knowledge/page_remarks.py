"""What is said about a page of the web, or a source: why it was not read. Pure; see `knowledge.remarks`."""

from __future__ import annotations

from collections.abc import Mapping

SENTENCES: Mapping[str, tuple[str, str]] = {
    # The address.
    "no_address": (
        "{address!r} is no address of a web page: write it like https://shop.example/help",
        "{address!r} nie jest adresem strony: napisz go tak: https://sklep.example/pomoc",
    ),
    "credentials": (
        "the address holds a name or a password: leave it out",
        "w adresie jest nazwa użytkownika albo hasło: usuń je",
    ),
    "port": (
        "port {port} is not asked: pages are read from ports 80 and 443 only",
        "port {port} jest pomijany: strony są czytane tylko z portów 80 i 443",
    ),
    "private_address": (
        "it leads to a private address ({host}), which is not asked; of your own network only hosts named in "
        "OKIENKO_KNOWLEDGE_ALLOW_HOSTS are read",
        "prowadzi do adresu prywatnego ({host}), a takich nie odpytujemy; z własnej sieci czytane są tylko "
        "hosty wymienione w OKIENKO_KNOWLEDGE_ALLOW_HOSTS",
    ),
    "unknown_host": (
        "there is no host {host}: check the address",
        "nie ma hosta {host}: sprawdź adres",
    ),
    "other_site": (
        "it leads to another site, {host}",
        "prowadzi do innej witryny, {host}",
    ),
    "redirects": (
        "it redirects more than {limit} times",
        "przekierowuje więcej niż {limit} razy",
    ),
    # What the server lets us do, and does.
    "robots": (
        "the robots.txt of {host} does not let Okienko read it: allow the user agent Okienko there",
        "robots.txt hosta {host} nie pozwala Okienku tego czytać: zezwól w nim na user agent Okienko",
    ),
    "noindex": (
        "it asks not to be indexed (noindex), so it was left out: if shoppers may know it, add it by its own "
        "address",
        "prosi, by jej nie indeksować (noindex), więc ją pominięto: jeśli klienci mogą ją znać, dodaj ją "
        "osobno, podając jej adres",
    ),
    "noindex_read": (
        "it asks not to be indexed (noindex); it was read, for you named it: are shoppers to know it?",
        "prosi, by jej nie indeksować (noindex); odczytano ją, bo podano jej adres: czy klienci mają ją "
        "znać?",
    ),
    "page_gone": (
        "the server says that there is no such page ({status})",
        "serwer odpowiada, że nie ma takiej strony ({status})",
    ),
    "page_withheld": (
        "the server does not hand it out ({status})",
        "serwer jej nie udostępnia ({status})",
    ),
    "server_error": (
        "the server answered with an error ({status}): try again later",
        "serwer odpowiedział błędem ({status}): spróbuj później",
    ),
    "no_connection": (
        "{host} could not be reached: try again later",
        "nie udało się połączyć z {host}: spróbuj później",
    ),
    "host_away": (
        "{host} failed several times, or asks for a pause, so it was not asked: try again later",
        "{host} kilka razy nie odpowiedział albo prosi o przerwę, więc nie był pytany: spróbuj później",
    ),
    "certificate": (
        "the certificate of {host} is not valid ({reason})",
        "certyfikat hosta {host} jest nieważny ({reason})",
    ),
    "page_too_slow": (
        "it was not sent whole within {limit} seconds",
        "nie została przesłana w całości w ciągu {limit} s",
    ),
    "page_too_large": (
        "it is larger than {limit} MB",
        "ma więcej niż {limit} MB",
    ),
    "packed": (
        "it is packed in a way that was not asked for ({encoding})",
        "jest spakowana w sposób, o który nie prosiliśmy ({encoding})",
    ),
    "sent_damaged": (
        "what was sent is damaged and cannot be unpacked",
        "przesłane dane są uszkodzone i nie da się ich rozpakować",
    ),
    # Sitemaps.
    "no_sitemap": (
        "it is no sitemap: give the address of one, or of the shop without --sitemap for a single page",
        "to nie jest mapa witryny: podaj jej adres albo dodaj pojedynczą stronę bez --sitemap",
    ),
    "bad_xml": (
        "its XML is broken near line {line}",
        "plik XML jest uszkodzony w okolicy wiersza {line}",
    ),
    "xml_doctype": (
        "it declares a document type, which no sitemap needs",
        "deklaruje typ dokumentu, którego mapa witryny nie potrzebuje",
    ),
    "too_many_listed": (
        "only the first {limit} pages are read, {count} were left out: choose with --include and --exclude",
        "czytanych jest tylko pierwszych {limit} stron, {count} pominięto: wybierz je przez --include "
        "i --exclude",
    ),
    "too_many_sitemaps": (
        "only the first {limit} sitemaps are read",
        "czytanych jest tylko pierwszych {limit} map witryny",
    ),
    "other_sites": (
        "addresses of another site were left out ({host}, {count})",
        "pominięto adresy innej witryny ({host}, {count})",
    ),
    "no_addresses": (
        "entries that are no addresses were left out ({count})",
        "pominięto wpisy, które nie są adresami ({count})",
    ),
    # Sources.
    "empty_listing": (
        "no page of it is to be read: look at --include and --exclude",
        "nie ma w niej żadnej strony do przeczytania: sprawdź --include i --exclude",
    ),
    "source_away": (
        "the file or folder is not there; its articles are kept",
        "nie ma tego pliku ani folderu; artykuły z niego zostają",
    ),
    "folder_emptied": (
        "there is nothing to read in the folder any more; its articles are kept: is its disk there?",
        "w folderze nie ma już nic do przeczytania; artykuły z niego zostają: czy dysk jest podłączony?",
    ),
    "page_unknown_kind": (
        "it is neither a page nor a file that can be read ({kind})",
        "to ani strona, ani plik, który da się przeczytać ({kind})",
    ),
}
