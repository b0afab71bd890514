"""The dictionary tells of each public column what dbt knows of it."""

from __future__ import annotations

from typing import Any

from stadsdel.pages import dictionary


def column(name: str, data_type: str = "varchar", *constraints: dict[str, str]) -> dict[str, Any]:
    return {
        "name": name,
        "data_type": data_type,
        "description": f"The {name} |\n  of it.\n",
        "constraints": list(constraints),
    }


def model(name: str, schema: str, *columns: dict[str, Any]) -> dict[str, Any]:
    return {
        "resource_type": "model",
        "schema": schema,
        "name": name,
        "description": f"One row per {name}. More\nabout it.\n",
        "columns": {item["name"]: item for item in columns},
    }


def check(node: str, column: str | None, name: str, **arguments: object) -> dict[str, Any]:
    return {
        "resource_type": "test",
        "attached_node": node,
        "column_name": column,
        "test_metadata": {"name": name, "kwargs": arguments},
        "schema": "x",
    }


MANIFEST = {
    "nodes": {
        "fct_a": model(
            "fct_a",
            "marts",
            column("id"),
            column("kind", "varchar", {"type": "check", "expression": "kind in ('x',\n 'y')"}),
            column("day", "date", {"type": "not_null"}, {"type": "check", "expression": "day > 0"}),
        ),
        "fct_b": model("fct_b", "marts", column("one"), column("two", "integer")),
        "int_c": model("int_c", "intermediate", column("secret")),
        "1": check("fct_a", "id", "unique"),
        "2": check("fct_a", "id", "not_null"),
        "3": check("fct_a", "id", "relationships", to="ref('dim_b')", field="id"),
        "4": check("fct_b", None, "unique_together", columns=["one", "two"]),
    }
}


def test_only_public_tables_are_told_of() -> None:
    names = [table.name for table in dictionary.tables(MANIFEST)]
    assert names == ["dim_build", "fct_a", "fct_b"]


def test_grain_comes_first_and_keys_are_named() -> None:
    page = dictionary.render(MANIFEST)
    assert "### fct_a\n\n**One row per fct_a.** More about it.\n\nKey: `id`\n" in page
    assert "Key: `one`, `two`" in page


def test_a_column_is_told_with_its_type_description_and_rules() -> None:
    page = dictionary.render(MANIFEST)
    assert "| `id` | varchar | The id \\| of it. | never null; in dim_b |" in page
    assert "| `kind` | varchar | The kind \\| of it. | one of x, y |" in page
    assert "| `day` | date | The day \\| of it. | never null; `day > 0` |" in page


def test_what_publication_adds_is_told_too() -> None:
    assert "| `build_id` | varchar | Key of the build" in dictionary.render(MANIFEST)
