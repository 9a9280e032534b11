"""The one list of tables and columns holds together: keys, links and words."""

import pytest

from reports.catalogue_tables import BY_NAME, TABLES
from reports.tables import Table

EACH = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)


@EACH
def test_columns_have_names_of_their_own_and_words(table: Table) -> None:
    assert len(set(table.columns)) == len(table.columns)
    assert all(len(field.description) > 3 and field.name == field.name.lower() for field in table.fields)
    assert len(table.description) > 20 and not table.description.endswith(".")


@EACH
def test_keys_are_columns_that_are_never_missing(table: Table) -> None:
    required = {field.name for field in table.fields if field.required}
    assert set(table.key) <= required


@EACH
def test_links_lead_to_the_key_of_a_table(table: Table) -> None:
    for link in table.links:
        assert set(link.fields) <= set(table.columns)
        assert link.of == BY_NAME[link.table or table.name].key


def test_every_table_has_a_name_of_its_own() -> None:
    assert len(BY_NAME) == len(TABLES) == 10
