from pathlib import Path

import platformdirs
import pytest

from crm_course import state


def test_the_reader_says_where_the_own_state_is(monkeypatch, tmp_path):
    monkeypatch.setenv("CRM_COURSE_HOME", str(tmp_path))
    assert state.folder() == tmp_path


def test_without_a_word_it_is_where_the_system_keeps_such_things(monkeypatch):
    monkeypatch.delenv("CRM_COURSE_HOME", raising=False)
    assert state.folder().is_absolute() and "crm-course" in Path(state.folder()).name


def test_an_account_without_a_home_is_told_what_to_set(monkeypatch):
    def homeless(_):
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("CRM_COURSE_HOME", raising=False)
    monkeypatch.setattr(platformdirs, "user_data_dir", homeless)
    with pytest.raises(OSError, match="CRM_COURSE_HOME must be set for an account without a home"):
        state.folder()
