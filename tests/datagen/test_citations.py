"""Copies come from earlier documents, change as often as claimed, and few roots measured."""

import numpy as np
import pytest


@pytest.fixture
def graph(world):
    return world("citations").merge(world("truth_citations"))


@pytest.fixture
def copies(graph):
    """Each copy beside the document it copies."""
    source = graph.add_prefix("source_")
    return graph.merge(source, left_on="copied_from_document_id", right_on="source_document_id")


def test_every_copy_is_later_than_what_it_copies(copies):
    assert (copies["document_id"] > copies["copied_from_document_id"]).all()
    assert (copies["year"] >= copies["source_year"]).all()


def test_walking_up_the_copies_leads_to_the_root(graph):
    parent = graph.set_index("document_id")["copied_from_document_id"]
    for document, root in graph[["document_id", "root_document_id"]].itertuples(index=False):
        while not np.isnan(parent[document]):
            document = int(parent[document])
        assert document == root


def test_six_per_cent_of_the_copies_change_the_number(copies):
    changed = (copies["quoted"] != copies["source_quoted"]).sum()
    # one change in five hits the number by chance
    assert changed / len(copies) == pytest.approx(0.05, abs=4 * (0.05 * 0.95 / len(copies)) ** 0.5)


def test_a_fifth_of_the_copies_name_somebody_else(copies):
    both = copies.dropna(subset=["attributed_to", "source_attributed_to"])
    other = both["attributed_to"] != both["source_attributed_to"]
    assert other.mean() == pytest.approx(1 / 6, abs=4 * (5 / 36 / len(both)) ** 0.5)


def test_what_is_cited_is_what_was_copied(graph):
    shown = graph.dropna(subset=["cites_document_id"])
    assert (shown["cites_document_id"] == shown["copied_from_document_id"]).all()
    assert 0.35 < len(shown) / graph["copied_from_document_id"].notna().sum() < 0.65


def test_only_roots_measured_and_the_first_did(graph):
    roots = graph["copied_from_document_id"].isna()
    assert not graph.loc[~roots, "empirical"].any()
    assert graph.loc[0, "empirical"] and graph.loc[0, "kind"] == "study"
    assert 2 <= graph["empirical"].sum() < roots.sum() < 30


def test_hundreds_of_documents_rest_on_a_few_roots(graph):
    resting = graph["root_document_id"].map(graph.set_index("document_id")["empirical"])
    assert len(graph) == 240
    assert resting.mean() > 0.5 > graph["empirical"].sum() / len(graph)
