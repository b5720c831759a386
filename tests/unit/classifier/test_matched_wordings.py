"""Which wordings a word of a claim finds: foldings, forms and scripts, each match with the offsets of the original text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.classifier.domain.matcher import Matcher
from services.classifier.domain.words import word_spans, words_of
from tests.unit.classifier.articles import article, claim


def found(query: str, text: str) -> list[str]:
    """The pieces of the text that the query finds, as they stand there."""
    (mention,) = Matcher.compile([claim(query=query)]).mentions(article(text)) or [None]
    return [text[match.start : match.end] for match in mention.matches] if mention else []


@pytest.mark.parametrize(
    ("query", "text", "piece"),
    [
        ("cafe", "le CAFÉ fermé", "CAFÉ"),
        ("café", "le cafe ferme", "cafe"),
        ("resume", "his re\u0301sume\u0301 was", "re\u0301sume\u0301"),
        ("Zlatan", "Ｚｌａｔａｎ scored", "Ｚｌａｔａｎ"),
        ("official", "an oﬃcial said", "oﬃcial"),
        ("strasse", "die Straße ist", "Straße"),
        ("Straße", "DIE STRASSE IST", "STRASSE"),
        ("Straße", "DIE STRAẞE IST", "STRAẞE"),
        ("Istanbul", "in İstanbul today", "İstanbul"),
        ("İstanbul", "in istanbul today", "istanbul"),
        ("Diyarbakir", "in Diyarbakır today", "Diyarbakır"),
        ("cooperate", "they coop\u00aderate now", "coop\u00aderate"),
        ("prefix", "a pre\u200bfix\u2060 here", "pre\u200bfix"),
        ("Baghdadi", "al‑Baghdādī’s men", "Baghdādī"),
        ("al-Baghdadi", "Abu Bakr al–Baghdadi", "al–Baghdadi"),
        ("O'Brien", "Mr O’Brien left", "O’Brien"),
        ("O’Brien", "Mr O'Brien left", "O'Brien"),
        ("Hawaii", "in Hawai\u02bbi", None),
        ("Lodz", "w Łodzi i Łódź", "Łódź"),
        ("Aerø", "on ÆRØ, Denmark", "ÆRØ"),
        ("H2O", "of H₂O there", "H₂O"),
        ("10", "№ ⑩ of them", "⑩"),
        ("naive", "a \u202bnaïve\u202c man", "naïve"),
        ("fire", "🔥 fire 🧨🏽‍🔥", "fire"),
        ("fire", "𝐟𝐢𝐫𝐞 there", "𝐟𝐢𝐫𝐞"),
    ],
)
def test_a_word_is_found_in_any_spelling_of_the_same_letters(query: str, text: str, piece: str | None) -> None:
    assert found(query, text) == ([piece] if piece else [])


@pytest.mark.parametrize(
    ("query", "text", "pieces"),
    [
        ("kill", "kills killed killing kill Skill killer", ["kills", "killed", "killing", "kill"]),
        ("killed", "He kills", ["kills"]),
        ("die", "dead death deaths died dies dying diet", ["dead", "death", "deaths", "died", "dies", "dying"]),
        ("death", "He died", ["died"]),
        ("resign", "resigned resignation resigning resigns design", ["resigned", "resignation", "resigning", "resigns"]),
        ("resignation", "She resigns", ["resigns"]),
        ("shot", "shoot shooting shoots shop", ["shoot", "shooting", "shoots"]),
        ("go", "went gone goes going gong", ["went", "gone", "goes", "going"]),
        ("child", "children child's chile", ["children", "child"]),
        ("city", "cities city", ["cities", "city"]),
        ("plan", "planned planning plans plane", ["planned", "planning", "plans"]),
        ("organise", "organized organising organisation", ["organized", "organising"]),
        ("Mendes", "Mendes mended", ["Mendes"]),
        ("Baghdadi", "the Baghdadis", ["Baghdadis"]),
    ],
)
def test_a_word_is_found_in_its_forms_and_no_others(query: str, text: str, pieces: list[str]) -> None:
    assert found(query, text) == pieces


@pytest.mark.parametrize(
    ("query", "text", "pieces"),
    [
        ("убит", "Главарь убит.", ["убит"]),
        ("Багдади", "БАГДАДИ убит", ["БАГДАДИ"]),
        ("ёлка", "елка", ["елка"]),
        ("البغدادي", "مقتل البغدادي في غارة", ["البغدادي"]),
        ("البغدادي", "مقتل البَغْدَادِيّ", ["البَغْدَادِيّ"]),
        ("البغدادي", "مقتل البغـــدادي", ["البغـــدادي"]),
        ("بغدادي", "مقتل البغدادي", ["البغدادي"]),
        ("البغدادي", "مقتل بغدادي", ["بغدادي"]),
        ("بغداد", "في وبغداد وفي بغداد", ["وبغداد", "بغداد"]),
        ("القاعدة", "تنظيم القاعده", ["القاعده"]),
        ("کابل", "في كابل", ["كابل"]),
        ("أحمد", "قال احمد", ["احمد"]),
        ("ירושלים", "בִּירוּשָׁלַיִם היום", ["בִּירוּשָׁלַיִם"]),
        ("ירושלים", "ירוּשָׁלַיִם היום", ["ירוּשָׁלַיִם"]),
        ("Αθήνα", "ΑΘΗΝΑ σήμερα", ["ΑΘΗΝΑ"]),
        ("Οδυσσεύς", "ΟΔΥΣΣΕΥΣ", ["ΟΔΥΣΣΕΥΣ"]),
        ("北京", "在北京市長", ["北京"]),
        ("北京*", "在北京市長", ["北京"]),
        ("東京 死亡", "東京で死亡した", ["東京", "死亡"]),
        ("カブール", "アフガニスタンのカブールで", ["カブール"]),
        ("กรุงเทพ", "ที่กรุงเทพมหานคร", ["กรุงเทพ"]),
        ("ភ្នំពេញ", "នៅភ្នំពេញថ្ងៃនេះ", ["ភ្នំពេញ"]),
        ("김정은", "김정은 사망", ["김정은"]),
        ("दिल्ली", "नई दिल्ली में", ["दिल्ली"]),
        ("iPhone 死", "iPhone用户死", ["iPhone", "死"]),
        ("𠮷野家", "在𠮷野家", ["𠮷野家"]),
    ],
)
def test_words_of_other_scripts_are_found(query: str, text: str, pieces: list[str]) -> None:
    assert sorted(found(query, text)) == sorted(pieces)


def test_a_transliteration_is_found_through_the_subjects_aliases() -> None:
    watched = claim(
        "Baghdadi killed", name="Abu Bakr al-Baghdadi", aliases=("Baghdadi", "Bagdadi", "Багдади", "البغدادي"), opposites=("убит",)
    )
    matcher = Matcher.compile([watched])

    assert matcher.claim_ids(article("Bagdadi was killed."))
    assert matcher.claim_ids(article("Багдади убит, сообщили в Москве."))
    assert not matcher.claim_ids(article("Багдад и убитый."))


_letters = "abzéÉßıİﬁǅ\u0301\u00ad\u200b\u202eſК北ก死البغداـَ🔥𝐟½’-' .\n"
_texts = st.text(alphabet=_letters, max_size=40) | st.text(max_size=40)


@given(_texts, _texts)
def test_each_words_place_in_the_original_folds_to_it_again(before: str, after: str) -> None:
    text = f"{before} Baghdādī {after}"

    for word, (start, end) in zip(words_of(text), word_spans(text), strict=True):
        assert word in "".join(words_of(text[start:end]))


@given(st.text(alphabet=_letters, max_size=40), st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]))
def test_every_normal_form_of_a_text_has_the_same_words(text: str, form: str) -> None:
    """Where a form only recomposes letters; compatibility forms of whole words may part it otherwise."""
    if form in ("NFC", "NFD"):
        assert words_of(unicodedata.normalize(form, text)) == words_of(text)
    else:
        assert "".join(words_of(unicodedata.normalize(form, text))) == "".join(words_of(text))


@given(st.text(alphabet=_letters, max_size=30).filter(lambda text: bool(words_of(text))), _texts, _texts)
def test_a_phrase_is_found_wherever_it_is_put(phrase: str, before: str, after: str) -> None:
    clean = "".join(sign for sign in phrase if sign.isprintable() or sign in "\u00ad\u200b\u202e").strip()
    if not words_of(clean) or not any(map(str.isalnum, unicodedata.normalize("NFKD", clean))):
        return
    text = f"{before} . {clean} . {after}"

    assert any(words_of(piece) for piece in found(f'"{clean}"', text))
