import re
from collections import Counter

import pytest

from authoring.lesson import read_all
from crm_course.learning import glossary
from crm_course.learning.choices import plain

# **retention rate** (客户保持率), or (客户保持, keeping ...)
INTRODUCED = re.compile(r"\*\*[^*\n]+\*\* \(([一-鿿]+)")
CORE = """
客户关系管理 客户保持 留存 客户流失 客户满意 客户认知价值 转移成本 重复购买意向 客户忠诚
客户关怀 寻求特征 体验特征 信用特征 投诉 抱怨 服务补救 内部客户 全面质量管理
客户全生命周期利润 当前价值 增值潜力 客户价值矩阵 客户增长矩阵 客户忠诚战略 客户扩充战略
客户获得战略 客户多样化战略 客户联盟 业务流程再造 客户细分 定位 客户区隔 净现值 接触管理
前台 后台 客户数据仓库 统一视图 授信 赊销 坏账 账期 资信 四位一体 三户模型 经济价值
关联价值 功能价值 发展价值 企业文化 企业形象 核心竞争力 绩效评估 事实 观念 分析论 行动论
直观论 人际论
"""  # the core terms of the source

every = pytest.mark.parametrize("term", glossary.terms(), ids=lambda term: term.en)


@pytest.mark.parametrize("name", ["churn", "Churn", "attrition", "客户流失", " churn. "])
def test_a_term_is_found_by_any_of_its_names(name):
    assert (glossary.term(name).en, glossary.term(name).zh) == ("churn", "客户流失")


def test_an_unknown_term_names_what_is_near():
    with pytest.raises(ValueError, match="got 'chrun'. Near it: churn"):
        glossary.term("chrun")


@pytest.mark.parametrize("name", ["xyzzy", 3])
def test_where_nothing_is_near_the_table_is_named(name):
    with pytest.raises(ValueError, match=r"glossary\.table\(\) lists them all"):
        glossary.term(name)


@pytest.mark.parametrize("chinese", re.findall(r"\w+", CORE))
def test_every_core_term_of_the_source_is_there(chinese):
    assert chinese in glossary.term(chinese).names


def test_no_name_means_two_things():
    names = Counter(plain(name) for term in glossary.terms() for name in term.names)
    assert [name for name, times in names.items() if times > 1] == []


@every
def test_every_term_has_both_languages_a_meaning_and_a_chapter(term):
    assert re.search("[一-鿿]", term.zh) and re.search("[A-Za-z]", term.en)
    assert term.means.endswith(".") and re.fullmatch(r"\d\d", term.chapter)


def test_text_and_html_say_the_same():
    faces = glossary.term("4S")._repr_mimebundle_()
    assert "four-in-one dealership (also 4S) · 四位一体: Car sales" in faces["text/plain"]
    assert faces["text/plain"] == re.sub(r"<[^>]+>", "", faces["text/html"])


def test_the_table_is_in_the_order_of_the_alphabet():
    terms = glossary.table()["term"].str.casefold()
    assert terms.is_monotonic_increasing and len(terms) == len(glossary.terms())


@pytest.mark.parametrize("lesson", read_all(), ids=lambda lesson: lesson.path.stem)
def test_a_term_that_a_lesson_introduces_stands_in_the_glossary(lesson):
    text = "\n".join(cell.source for cell in lesson.cells)
    known = {name for term in glossary.terms() for name in term.names}
    missing = sorted(set(INTRODUCED.findall(text)) - known)
    assert not missing, f"{lesson.path.name}: add {missing} to crm_course/content/glossary.yaml"
