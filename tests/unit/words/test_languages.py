"""packc's own words in other languages."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from packc import ProjectFault, api
from packc.check import answers
from packc.words import ENGLISH, Words
from packc.words.languages import FOLDER, KEYS, fault_in, words_for

FILES = sorted(FOLDER.glob("*.toml"))
PACK = "---\nid: p\nnamespace: n\nlang: {lang}\n---\n\n## Q1. A\n\n**Question:** B\n\n**Solution:** C\n"


def test_these_languages_are_there() -> None:
    assert [file.stem for file in FILES] == ["ar", "de", "es", "fr", "no"]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_language_has_a_word_for_everything_and_nothing_else(file: Path) -> None:
    words = tomllib.loads(file.read_text(encoding="utf-8"))
    assert list(words) == list(KEYS), "every key of `Words`, in its order"
    assert {key: fault_in(key, value) for key, value in words.items() if fault_in(key, value)} == {}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_limits_of_length_are_sentences_with_their_numbers(file: Path) -> None:
    words = words_for(file.stem)
    assert words is not None
    for limit, numbers in (
        (words.word_limit(150, 200), ("150", "200")),
        (words.word_limit(None, 99), ("99",)),
    ):
        assert all(number in limit for number in numbers)
        assert "{" not in limit


@pytest.mark.parametrize(
    ("tag", "served_by"),
    [
        *(("de", "de"), ("de-AT", "de"), ("DE_ch", "de"), ("nb-NO", "no"), ("nn", "no"), ("no", "no")),
        *(("ar-EG", "ar"), ("en", "en"), ("en-GB", "en")),
    ],
)
def test_a_tag_is_served_by_the_nearest_language(tag: str, served_by: str) -> None:
    words = words_for(tag)
    assert words is not None
    assert words.lang == served_by


@pytest.mark.parametrize("tag", ["eo", "", "../de", "languages", "zh-Hant", "d"])
def test_a_language_without_words_has_none(tag: str) -> None:
    assert words_for(tag) is None


def words_of(folder: Path, lang: str, project: str = "", **files: str) -> tuple[Words, list[str]]:
    (folder / "words").mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / f"words/{name}.toml").write_text(text, encoding="utf-8")
    (folder / "packc.yaml").write_text(f"namespace: n\n{project}")
    (folder / "p.md").write_text(PACK.format(lang=lang), encoding="utf-8")
    run = api.check(["p.md"], targets=["html"], cwd=folder)
    return run.loaded[0].context.words, [found.code for found in run.diagnostics]


def test_a_backend_is_given_the_words_of_the_packs_language(tmp_path: Path) -> None:
    words, said = words_of(tmp_path, "de-CH")
    assert (words.lang, words.question) == ("de", "Frage")
    assert said == []


def test_without_words_in_a_language_english_serves_and_a_note_says_so(tmp_path: Path) -> None:
    words, said = words_of(tmp_path, "eo")
    assert words == ENGLISH
    assert said == ["PK027"]


def test_a_file_of_the_projects_adds_a_language(tmp_path: Path) -> None:
    words, said = words_of(tmp_path, "eo", "words: words\n", eo='question = "Demando"\nclass = "Klaso"\n')
    assert (words.lang, words.question, words.class_, words.solution) == (
        "eo",
        "Demando",
        "Klaso",
        "Solution",
    )
    assert said == []


def test_a_file_of_the_projects_changes_words_of_packcs_own(tmp_path: Path) -> None:
    words, _ = words_of(tmp_path, "de-AT", "words: words\n", de='question = "Aufgabe"\n')
    assert (words.question, words.solution) == ("Aufgabe", "Lösung")
    english, _ = words_of(tmp_path, "en", "words: words\n", en='end = "The end"\n')
    assert (english.end, english.name) == ("The end", "Name")


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("question = Demando\n", "PK812", (1, 12)),
        ('# words\nqestion = "Demando"\n', "PK809", (2, 1)),
        ('name = "x"\nmost_words = "Maksimume"\n', "PK812", (2, 1)),
        ('most_words = "{most} {0}"\n', "PK812", (1, 1)),
        ('most_words = "{most"\n', "PK812", (1, 1)),
        ('name = "a {least}"\n', "PK812", (1, 1)),
        ("name = 3\n", "PK812", (1, 1)),
        ('name = " "\n', "PK812", (1, 1)),
        ("[name]\n", "PK812", (1, 2)),
        ('name = "a"\nname = "b"\n', "PK812", (2, 11)),
        ('name = "a', "PK812", (1, 10)),
        ("\ufeff", "", (0, 0)),
    ],
)
def test_a_wrong_file_of_words_is_refused_at_its_place(
    tmp_path: Path, text: str, code: str, place: tuple[int, int]
) -> None:
    if not code:
        assert words_of(tmp_path, "eo", "words: words\n", eo=text)[1] == []
        return
    with pytest.raises(ProjectFault) as caught:
        words_of(tmp_path, "eo", "words: words\n", eo=text)
    (found,) = caught.value.diagnostics
    assert found.code == code
    assert found.span is not None
    assert caught.value.sources[found.span.file].name == "words/eo.toml"
    assert caught.value.sources[found.span.file].place(found.span.start) == place


def test_a_language_tag_is_no_way_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "secret.toml").write_text('question = "Outside"\n')
    words, said = words_of(tmp_path, '"../secret"', "words: words\n")
    assert (words.question, said) == ("Question", ["PK027"])


OTHERS = [
    *(("en", "None of the above"), ("en", "Both (A) and (C)"), ("en", "A and B are right.")),
    *(("de", "Alle genannten Antworten sind richtig"), ("de", "Sowohl A als auch C"), ("de", "Nichts davon")),
    *(("es", "Todas las anteriores"), ("fr", "Aucune de ces réponses"), ("no", "Ingen av de nevnte")),
    *(
        ("ar", "كل ما سبق"),
        ("ar", "أ و ج"),
        ("en", "(A) and (B)"),
        ("en", "C or D"),
        ("en", "none of the above"),
    ),
]
NOT_OTHERS = [
    *(("en", "A and B share a border"), ("en", "All the abovementioned"), ("en", "Alle genannten")),
    *(
        ("de", "Alle Werte steigen"),
        ("de", "All of the above"),
        ("fr", "Aucune idée"),
        ("ar", "كل ما في البيت"),
    ),
]


def codes_with_choice(folder: Path, lang: str, choice: str) -> list[str]:
    text = (
        f"---\nid: p\nnamespace: n\nlang: {lang}\n---\n\n## Q1. A\n\nB?\n\n- [x] C\n- [ ] D\n- [ ] {choice}\n"
    )
    (folder / "p.md").write_text(text, encoding="utf-8")
    return [found.code for found in api.check([folder / "p.md"], targets=()).diagnostics]


@pytest.mark.parametrize(("lang", "choice"), OTHERS)
def test_a_choice_that_speaks_of_others_is_known_in_the_language(
    tmp_path: Path, lang: str, choice: str
) -> None:
    assert codes_with_choice(tmp_path, lang, choice) == ["PK226"]


@pytest.mark.parametrize(("choice", "phrase"), [("İkisi de", "ikisi de"), ("ikisi de", "İkisi de")])
def test_a_dotted_capital_makes_no_difference(choice: str, phrase: str) -> None:
    assert answers._is_about_others(choice, phrase)


@pytest.mark.parametrize(("lang", "choice"), NOT_OTHERS)
def test_a_choice_that_only_begins_alike_speaks_of_no_others(tmp_path: Path, lang: str, choice: str) -> None:
    assert codes_with_choice(tmp_path, lang, choice) == []
