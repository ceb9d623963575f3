"""After a test that committed no row is left for the next one, and what the migrations fill is still there."""

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import TransactionTestCase

from tests.fakes.emptied import empty, tables_with_rows
from tests.integration.conftest import Office


def test_an_office_leaves_no_row_behind_and_django_s_own_lists_stay(office: Office) -> None:
    listed = ContentType.objects.count()
    before = tables_with_rows("default")
    assert len(before) > 5, "an office fills many tables, and they refer to each other"
    empty(TransactionTestCase())
    assert tables_with_rows("default") == []
    assert ContentType.objects.count() == listed > 0


def test_a_row_beside_the_models_ends_with_the_test_as_well(transactional_db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE beside (word text)")
        cursor.execute("INSERT INTO beside VALUES ('x')")
        assert tables_with_rows("default") == [connection.ops.quote_name("beside")]
        empty(TransactionTestCase())
        assert tables_with_rows("default") == []
        cursor.execute("DROP TABLE beside")
