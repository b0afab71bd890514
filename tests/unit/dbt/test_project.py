"""The dbt project by the rules of dbt-project-evaluator, whose packages cannot be installed here.

Asked of dbt's own manifest: each test is one of its rules (named in the docstring where the name is
not the test's). What dbt itself or sqlfluff enforces is not asked again.
"""

from __future__ import annotations

import json
import os
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from dbt.cli.main import dbtRunner

from stadsdel import project
from stadsdel.parsing import PARSER_VERSION

Node = dict[str, Any]
TOO_MANY_PARENTS = 7  # the evaluator's threshold
TOO_MANY_LEAVES = 3  # the evaluator's threshold
LONGEST_CHAIN_OF_VIEWS = 5  # the evaluator's threshold
HARD_CODED = re.compile(r"(?<!distinct )\b(?:from|join)\s+\"?\w+\"?\.\"?\w+", re.IGNORECASE)
PREFIXES = {"staging": ("stg_",), "intermediate": ("int_",), "marts": ("dim_", "fct_", "rpt_")}


@pytest.fixture(scope="module")
def manifest(tmp_path_factory: pytest.TempPathFactory) -> Node:
    target = tmp_path_factory.mktemp("target")
    root = str(project.root())
    options = ["--project-dir", root, "--profiles-dir", root, "--target-path", str(target)]
    before = Path.cwd()
    try:
        done = dbtRunner().invoke(["parse", "--quiet", "--log-path", str(target), *options])
    finally:
        os.chdir(before)
    assert done.success, done.exception
    found: Node = json.loads((target / "manifest.json").read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def models(manifest: Node) -> dict[str, Node]:
    return {
        key: node for key, node in manifest["nodes"].items() if node["resource_type"] == "model"
    }


@pytest.fixture(scope="module")
def children(manifest: Node, models: dict[str, Node]) -> dict[str, set[str]]:
    """Models and exposures directly below each node."""
    found: dict[str, set[str]] = defaultdict(set)
    for key, node in [*models.items(), *manifest["exposures"].items()]:
        for parent in node["depends_on"]["nodes"]:
            found[parent].add(key)
    return found


@pytest.fixture(scope="module")
def tests(manifest: Node) -> dict[str, list[Node]]:
    """Data tests attached to each model."""
    found: dict[str, list[Node]] = defaultdict(list)
    for node in manifest["nodes"].values():
        if node["resource_type"] == "test" and node.get("attached_node"):
            found[node["attached_node"]].append(node)
    return found


def layer(node: Node) -> str:
    return str(node["fqn"][1])


def test_each_source_is_read_by_one_staging_model(
    manifest: Node, models: dict[str, Node], children: dict[str, set[str]]
) -> None:
    """fct_source_fanout, fct_unused_sources, fct_direct_join_to_source."""
    for source in manifest["sources"]:
        readers = children[source]
        assert len(readers) == 1, source
        assert {layer(models[reader]) for reader in readers} == {"staging"}, source


def test_a_staging_model_reads_one_source_and_no_model(models: dict[str, Node]) -> None:
    """fct_multiple_sources_joined, fct_staging_dependent_on_staging, ... on downstream models."""
    for key, node in models.items():
        parents = node["depends_on"]["nodes"]
        if layer(node) == "staging":
            assert [parent.split(".")[0] for parent in parents] == ["source"], key
        else:
            assert not any(parent.startswith("source.") for parent in parents), key


def test_no_model_is_without_parents(models: dict[str, Node]) -> None:
    assert [key for key, node in models.items() if not node["depends_on"]["nodes"]] == []


def test_no_two_sources_are_the_same_table(manifest: Node) -> None:
    """fct_duplicate_sources."""
    relations = [source["relation_name"] for source in manifest["sources"].values()]
    assert len(set(relations)) == len(relations)


def test_no_reference_is_hard_coded(models: dict[str, Node]) -> None:
    """A table with its schema after from or join; "is distinct from" compares columns."""
    found = {key: HARD_CODED.findall(node["raw_code"]) for key, node in models.items()}
    assert {key: tables for key, tables in found.items() if tables} == {}


def test_no_model_fans_out_into_leaves(
    models: dict[str, Node], children: dict[str, set[str]]
) -> None:
    """Tables that nothing rests on belong in the tools that read them; exposures count."""
    for key in models:
        leaves = [child for child in children[key] if child in models and not children[child]]
        assert len(leaves) < TOO_MANY_LEAVES, key


def test_no_model_reads_too_much(models: dict[str, Node]) -> None:
    """fct_too_many_joins."""
    many = {key: len(node["depends_on"]["nodes"]) for key, node in models.items()}
    assert {key: n for key, n in many.items() if n >= TOO_MANY_PARENTS} == {}


def test_no_model_is_rejoined_with_its_parent(
    models: dict[str, Node], children: dict[str, set[str]]
) -> None:
    """A model read by one other only, which also reads the model above it, belongs inside it."""
    for key in models:
        for middle in children[key] & models.keys():
            only = children[middle] & models.keys()
            assert not (len(only) == 1 and only <= children[key]), (key, middle, only)


def test_views_are_not_chained(models: dict[str, Node]) -> None:
    def length(key: str) -> int:
        node = models.get(key)
        if node is None or node["config"]["materialized"] != "view":
            return 0
        return 1 + max((length(parent) for parent in node["depends_on"]["nodes"]), default=0)

    assert max(length(key) for key in models) <= LONGEST_CHAIN_OF_VIEWS


def test_every_model_has_a_tested_primary_key(
    models: dict[str, Node], tests: dict[str, list[Node]]
) -> None:
    for key, node in models.items():
        kinds = defaultdict(set)
        for test in tests[key]:
            kinds[test["test_metadata"]["name"]].add(test.get("column_name"))
        for column in node["columns"].values():
            if any(constraint["type"] == "not_null" for constraint in column["constraints"]):
                kinds["not_null"].add(column["name"])
        assert kinds["unique_together"] or kinds["unique"] & kinds["not_null"], key


def test_everything_is_described(manifest: Node, models: dict[str, Node]) -> None:
    """fct_undocumented_models, ..._sources, ..._source_tables, ..._public_models, coverage."""
    for kind in ("nodes", "sources", "exposures"):
        for key, node in manifest[kind].items():
            if node["resource_type"] in ("model", "seed", "source", "exposure"):
                assert node["description"], key
    for key, node in models.items():
        assert node["description"].startswith("One row per "), key
        assert all(column["description"] for column in node["columns"].values()), key


def test_names_and_folders_tell_the_layer(manifest: Node, models: dict[str, Node]) -> None:
    """fct_model_naming_conventions, fct_model_directories, ..._source_..., ..._test_directories."""
    for key, node in models.items():
        assert node["name"].startswith(PREFIXES[layer(node)]), key
        if layer(node) == "staging":
            (source,) = node["depends_on"]["nodes"]
            assert node["fqn"][2] == source.split(".")[2], key
        described_in = node["patch_path"].split("://")[1]
        assert Path(described_in).parent == Path(node["original_file_path"]).parent, key
    for key, source in manifest["sources"].items():
        folder = Path(source["original_file_path"]).parent
        assert folder == Path("models/staging") / source["source_name"], key


def test_public_models_have_contracts_and_only_they_are_exposed(
    manifest: Node, models: dict[str, Node]
) -> None:
    """fct_public_models_without_contract, fct_exposures_dependent_on_private_models."""
    for key, node in models.items():
        assert (node["access"] == "public") == (layer(node) == "marts"), key
        assert node["contract"]["enforced"] == (layer(node) == "marts"), key
    for key, exposure in manifest["exposures"].items():
        for parent in exposure["depends_on"]["nodes"]:
            assert models[parent]["access"] == "public", key
            # fct_exposure_parents_materializations
            assert models[parent]["config"]["materialized"] == "table", key


def test_every_source_has_a_freshness(manifest: Node) -> None:
    """fct_missing_source_freshness."""
    for key, source in manifest["sources"].items():
        assert source["freshness"]["warn_after"]["count"], key


def test_by_hand_dbt_reads_the_lake_of_the_parser_as_it_is() -> None:
    """A refresh names the lake's folder; the default, for dbt by hand, has to follow the parser."""
    sources = (project.root() / "models/staging/raw/_reports__sources.yml").read_text("utf-8")
    assert f"'.stadsdel/lake/{PARSER_VERSION}'" in sources
