"""Settings come from the environment, and a wrong one is refused by name."""

import pytest

from data.errors import UserError
from data.settings import Settings


def test_nothing_set_is_a_demonstration_in_the_usual_file() -> None:
    expected = Settings("var/consensus.duckdb", "demonstration", 200 * 1024**2)
    assert Settings.from_environment({}) == expected == Settings()


def test_each_setting_is_read() -> None:
    set_to = {"CONSENSUS_DATABASE": "a/b.duckdb", "CONSENSUS_START": "empty", "CONSENSUS_UPLOAD_MB": "3"}
    assert Settings.from_environment(set_to) == Settings("a/b.duckdb", "empty", 3 * 1024**2)


def test_blank_settings_count_as_not_set_and_blanks_around_are_ignored() -> None:
    names = ("CONSENSUS_DATABASE", "CONSENSUS_START", "CONSENSUS_UPLOAD_MB")
    assert Settings.from_environment(dict.fromkeys(names, "  ")) == Settings()
    assert Settings.from_environment({"CONSENSUS_START": " empty\n", "CONSENSUS_UPLOAD_MB": " 5 "}) == Settings(
        start="empty", upload_limit=5 * 1024**2
    )


def test_the_process_environment_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONSENSUS_START", "empty")
    assert Settings.from_environment().start == "empty"


@pytest.mark.parametrize("text", ["demo", "Empty", "real"])
def test_unknown_start_is_refused(text: str) -> None:
    with pytest.raises(UserError, match=f"CONSENSUS_START is “{text}”. Set it to demonstration or empty."):
        Settings.from_environment({"CONSENSUS_START": text})


@pytest.mark.parametrize("text", ["0", "-1", "2.5", "200MB", "many", "²"])
def test_upload_limit_that_is_no_whole_number_is_refused(text: str) -> None:
    with pytest.raises(UserError, match=f"CONSENSUS_UPLOAD_MB is “{text}”. Set it to a whole number of megabytes"):
        Settings.from_environment({"CONSENSUS_UPLOAD_MB": text})


def test_who_may_sign_in_is_read_from_the_environment() -> None:
    usual = Settings.from_environment({})
    assert (usual.administrator, usual.unknown_may_read, usual.groups_claim) == ("", False, "groups")
    named = {"CONSENSUS_ADMINISTRATOR": " Ada@Invented.Example ", "CONSENSUS_UNKNOWN": "viewer"}
    found = Settings.from_environment(named | {"CONSENSUS_GROUPS_CLAIM": "roles"})
    assert (found.administrator, found.unknown_may_read, found.groups_claim) == ("ada@invented.example", True, "roles")
    with pytest.raises(UserError, match="CONSENSUS_UNKNOWN is “everybody”. Set it to nobody or viewer."):
        Settings.from_environment({"CONSENSUS_UNKNOWN": "everybody"})
