"""Each explorer is moved by keyboard, and the answer to its question is asserted."""

import pytest

from .conftest import WAIT, from_menu

pytestmark = pytest.mark.browser

# chapter, call that shows the explorer, key, how often, what it says before and after the answer
QUESTIONS = [
    ("00_start_here.ipynb", "explore_monday", "ArrowRight", 5,
     "Skip the riskiest 20 %: the 200 calls earn ¥1,354.",
     "Skip the riskiest 25 %: the 200 calls earn ¥1,414."),
    ("01_the_lanting_group.ipynb", "explore_records", "ArrowLeft", 3,
     "1,500 records of each shop: the better one leads in 89 of 100 pairs; won ¥99,243, "
     "paid ¥36,000, left ¥63,243.",
     "1,250 records of each shop: the better one leads in 87 of 100 pairs; won ¥93,782, "
     "paid ¥30,000, left ¥63,782."),
    ("1_foundations/11_what_is_crm.ipynb", "explore_program", "ArrowRight", 2,
     "Habit 0.75, 0 hand-offs taken out: 36% of the cases can be followed, and the program loses "
     "¥34,000 a year.",
     "Habit 0.80, 0 hand-offs taken out: 45% of the cases can be followed, and the program earns "
     "¥19,000 a year."),
    ("1_foundations/12_reading_claims.ipynb", "explore_telephone", "ArrowRight", 4,
     "40 documents, 4 measured, 6 different numbers: belief 1.00 if each document counts, 0.87 if "
     "each measurement does. Best: try first.",
     "40 documents, 5 measured, 7 different numbers: belief 1.00 if each document counts, 0.93 if "
     "each measurement does. Best: act now."),
    ("1_foundations/14_customer_view.ipynb", "explore_thresholds", "ArrowRight", 11,
     "A mix-up costs ¥16,000: 6 bits are cheapest, ¥37,700. They leave 2 mix-ups and 190 splits.",
     "A mix-up costs ¥17,000: 10 bits are cheapest, ¥37,800. They leave 0 mix-ups and 1,260 "
     "splits."),
    ("1_foundations/13_customer_economics.ipynb", "explore_five_points", "ArrowLeft", 19,
     "Retention 0.67, won for ¥300: the bar reads 93 %, and five points may cost up to ¥15.9 a "
     "year.",
     "Retention 0.66, won for ¥300: the bar reads 105 %, and five points may cost up to ¥15.5 a "
     "year."),
    ("2_customers/21_retention.ipynb", "explore_hostages", "ArrowLeft", 3,
     "Switching cost -0.5: of 1,000 contracts the wall keeps 89 more, better shops keep 86 more.",
     "Switching cost -0.75: of 1,000 contracts the wall keeps 87 more, better shops keep 90 more."),
    ("2_customers/23_customer_care.ipynb", "explore_staffing", "ArrowRight", 11,
     "300 calls an hour: 20 agents are cheapest, ¥879 an hour, and talk for 74.5 % of the time. "
     "Two fewer would cost ¥943.",
     "320 calls an hour: 21 agents are cheapest, ¥929 an hour, and talk for 75.7 % of the time. "
     "Two fewer would cost ¥1,001."),
    ("2_customers/22_churn.ipynb", "explore_save_list", "ArrowLeft", 3,
     "A call costs ¥13: call 317 of 1,000, most movable first, and earn ¥2,513; riskiest first "
     "earns ¥2,452 at best.",
     "A call costs ¥12: call 515 of 1,000, most movable first, and earn ¥2,967; riskiest first "
     "earns ¥2,967 at best."),
    ("2_customers/24_complaints.ipynb", "explore_asking", "ArrowRight", 3,
     "12 people: 448 of 1,000 buy again if nobody is asked, 446 if everybody is: 2 fewer.",
     "13 people: 452 of 1,000 buy again if nobody is asked, 455 if everybody is: 3 more."),
    ("3_strategy/31_segmentation.ipynb", "explore_bet", "ArrowRight", 3,
     "300 tried, ¥40 a visit: nobody sorted leaves ¥31.5 a customer, the map ¥17.1, the agency "
     "¥29.3, days ¥40.0, ten marks ¥31.1 (57 of 100 in groups of which nobody was tried).",
     "400 tried, ¥40 a visit: nobody sorted leaves ¥31.5 a customer, the map ¥17.9, the agency "
     "¥29.3, days ¥40.0, ten marks ¥32.1 (49 of 100 in groups of which nobody was tried)."),
    ("3_strategy/32_value_matrix.ipynb", "explore_places", "ArrowRight", 4,
     "1,600 places at ¥90: with the most valuable they earn ¥10,000, with those who have most to "
     "gain they earn ¥98,000.",
     "1,600 places at ¥100: with the most valuable they lose ¥6,000, with those who have most to "
     "gain they earn ¥82,000."),
    ("4_relationships/41_sales_pipeline.ipynb", "explore_forecast", "ArrowRight", 2,
     "Memory 1: the own record misses by 1.85 deals, everybody alike by 1.72; with 0 imaginary "
     "deals it is 1.85.",
     "Memory 3: the own record misses by 1.56 deals, everybody alike by 1.65; with 0 imaginary "
     "deals it is 1.56."),
    ("3_strategy/33_crm_strategy.ipynb", "explore_split", "ArrowRight", 2,
     "¥20 a prospect, ¥100 a year from a customer: with 50% for winning a prospect is worth ¥44.5; "
     "best are 45%.",
     "¥25 a prospect, ¥100 a year from a customer: with 50% for winning a prospect is worth ¥50.9; "
     "best are 40%."),
    ("4_relationships/43_partner_scorecard.ipynb", "explore_weights", "ArrowRight", 25,
     "12 points moved: A 3.920, B 3.920, C 2.960. First: A.",
     "12.5 points moved: A 3.920, B 3.935, C 2.930. First: B."),
    ("6_cases/61_automotive.ipynb", "explore_invitation", "ArrowLeft", 10,
     "private, 11% come back: best from 11.5 months of silence on, 285 cars, ¥899; from 12 months "
     "on ¥896.",
     "private, 10% come back: no list pays, however long the silence."),
    ("6_cases/62_telecom.ipynb", "explore_calls", "ArrowRight", 14,
     "23% of the users called sign: of 100 calls best are 49 to users, 51 to holders, ¥4,514; none "
     "to users ¥3,291.",
     "24% of the users called sign: of 100 calls best are 50 to users, 50 to holders, ¥4,632; none "
     "to users ¥3,291."),
    ("6_cases/65_appliance_service.ipynb", "explore_program", "ArrowLeft", 4,
     "85% named, ¥9 a point: together they leave ¥2,968 a year.",
     "85% named, ¥8 a point: together they lose ¥2,318 a year."),
    ("6_cases/64_retail_grading.ipynb", "explore_averaging", "ArrowLeft", 10,
     "Noise 1.5: fewest wrong grades by a mean of 2, 38.0 wrong and 46 changes; by one quarter "
     "alone 38.3 and 75.",
     "Noise 1.4: fewest wrong grades by a mean of 1, 35.8 wrong and 73 changes; by one quarter "
     "alone 35.8 and 73."),
    ("6_cases/63_trade_credit.ipynb", "explore_limit", "ArrowRight", 15,
     "44% pay cash, failures x 1: no credit leaves ¥573,683, no limit ¥585,566; best of these is "
     "20,000, ¥673,378.",
     "45% pay cash, failures x 1: no credit leaves ¥586,721, no limit ¥585,566; best of these is "
     "20,000, ¥677,956."),
    ("5_organization/51_culture.ipynb", "explore_worlds", "ArrowRight", 4,
     "Culture 0.3, managers 1.0: a point goes with 2.86 steps between branches, with 0.72 within a "
     "branch.",
     "Culture 0.4, managers 1.0: a point goes with 3.16 steps between branches, with 1.07 within a "
     "branch."),
    ("7_capstone/71_innovation.ipynb", "explore_rules", "ArrowRight", 4,
     "¥60,000 to build, 16 of 100 ideas work: build all -1.80, every evening 1.81, once 1.87 "
     "(¥ million). Best: once.",
     "¥60,000 to build, 18 of 100 ideas work: build all -1.27, every evening 2.14, once 2.13 "
     "(¥ million). Best: every evening."),
    ("5_organization/55_performance.ipynb", "explore_windows", "ArrowRight", 9,
     "Budget, 12 months from month 21: by the formula -2 % stayed, month by month 45 %.",
     "Budget, 12 months from month 22: by the formula 2 % stayed, month by month 46 %."),
    ("5_organization/54_training.ipynb", "explore_whom", "ArrowLeft", 2,
     "Kept 0.65, ¥80 an hour: sending all 300 earns ¥2,000; from 3.2 up, 160 people, ¥138,000. "
     "Liked: 3.2 and 3.1 of 5.",
     "Kept 0.60, ¥80 an hour: sending all 300 loses ¥34,000; from 3.2 up, 160 people, ¥105,000. "
     "Liked: 3.2 and 3.1 of 5."),
    ("7_capstone/72_firm_simulator.ipynb", "explore_training", "ArrowRight", 6,
     "16 agents: 80 hours of training earn ¥0.1 million.",
     "17 agents: 80 hours of training lose ¥0.6 million."),
    ("5_organization/53_process.ipynb", "explore_plans", "ArrowRight", 8,
     "17 machines a day, all asked first: ¥231 a day without the program, ¥258 with it: the "
     "program does not pay.",
     "17.2 machines a day, all asked first: ¥302 a day without the program, ¥284 with it: the "
     "program pays."),
    ("5_organization/52_roles.ipynb", "explore_plans", "ArrowRight", 7,
     "50 of 100 owners known, 0 tasks without one: cards ¥77,047, desk ¥70,800; cheapest is: desk.",
     "55 of 100 owners known, 0 tasks without one: cards ¥66,432, desk ¥70,800; cheapest is: "
     "cards."),
    ("3_strategy/34_growth_matrix.ipynb", "explore_mixes", "ArrowLeft", 9,
     "Friends 60 %, price 100 %: all three earn ¥1 a member; the best is all three.",
     "Friends 55 %, price 100 %: all three lose ¥9 a member; the best is nothing."),
    ("4_relationships/42_communication.ipynb", "explore_listening", "ArrowRight", 3,
     "After 4 moments, in style from a certainty of 0.00 on: 100% of the callers hear a style, and "
     "of 1,000 2.2 fewer buy.",
     "After 5 moments, in style from a certainty of 0.00 on: 100% of the callers hear a style, and "
     "of 1,000 0.2 more buy."),
    ("9_appendix/91_past_one_machine.ipynb", "explore_machines", "ArrowRight", 24,
     "100 million orders: DuckDB on one machine 29.4 s, Spark on 24 of them 29.6 s. First: DuckDB.",
     "100 million orders: DuckDB on one machine 29.4 s, Spark on 25 of them 29.0 s. First: Spark."),
]  # fmt: skip


def run_up_to(notebook, call):
    """Run the chapter as far as the cell that makes the call, and return that cell."""
    cell = notebook.locator(".jp-CodeCell", has_text=call).last
    cell.locator(".cm-content").click()
    from_menu(notebook.page, "Run", "Run All Above Selected Cell")
    cell.locator(".cm-content").click()
    notebook.page.keyboard.press("Control+Enter")
    return cell


@pytest.mark.parametrize(
    ("path", "call", "key", "presses", "before", "answer"), QUESTIONS, ids=[q[1] for q in QUESTIONS]
)
def test_the_slider_answers_the_question(chapter, path, call, key, presses, before, answer):
    from playwright.sync_api import expect

    notebook = chapter(path)
    cell = run_up_to(notebook, call)
    handle = cell.locator(".noUi-handle").first
    handle.wait_for(timeout=WAIT)
    picture = cell.locator(".jp-OutputArea img").first
    first = picture.get_attribute("src")
    handle.focus()
    for _press in range(presses - 1):
        notebook.page.keyboard.press(key)
    expect(cell.get_by_role("status")).to_have_text(before, timeout=WAIT)
    notebook.page.keyboard.press(key)
    expect(cell.get_by_role("status")).to_have_text(answer, timeout=WAIT)
    assert picture.get_attribute("src") != first
    assert picture.get_attribute("alt") == answer
    stderr = notebook.locator("[data-mime-type='application/vnd.jupyter.stderr']")
    expect(stderr).to_have_count(0)
