"""The first tables of an installation, made at once as the last migration leaves them.

Step by step takes many times as long, since after each step Django draws all tables anew. Only where nothing is there
yet. What a migration does beside tables (it guards rows, it rewrites them) is done afterwards, in the same order.
"""

from collections.abc import Sequence

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import Migration, RunPython
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations import fields, models

_DRAWN = (models.__name__, fields.__name__)  # what such a step does, the drawing of all tables holds


def _can_be_laid_at_once(executor: MigrationExecutor, wanted: Sequence[Migration]) -> bool:
    """Does all that is left belong to apps of which nothing is there, in steps whose work is known?"""
    steps = (step for each in wanted for step in each.operations)
    known = all(type(step) is RunPython or type(step).__module__ in _DRAWN for step in steps)
    return bool(wanted) and known and not executor.loader.replacements and not _begun(executor, wanted)


def _begun(executor: MigrationExecutor, wanted: Sequence[Migration]) -> bool:
    """Has one of these apps tables already?"""
    there = {app for app, _ in executor.recorder.applied_migrations()}
    return not there.isdisjoint(each.app_label for each in wanted)


def _lay(executor: MigrationExecutor, wanted: Sequence[Migration], editor: BaseDatabaseSchemaEditor) -> None:
    """Make the tables, do what was to be done beside them, and note the migrations as done."""
    state = executor.loader.project_state()
    apps = {each.app_label for each in wanted}
    executor.recorder.ensure_schema()
    for table in state.apps.get_models():
        if table._meta.app_label in apps and table._meta.can_migrate(executor.connection):
            editor.create_model(table)
    for each in wanted:
        for step in each.operations:
            if isinstance(step, RunPython):
                step.database_forwards(each.app_label, editor, state, state)
        executor.recorder.record_applied(each.app_label, each.name)


def lay_first_tables(connection: BaseDatabaseWrapper) -> None:
    """Make the tables of all apps of which none is there; where something is there already, leave all as it is."""
    executor = MigrationExecutor(connection)
    wanted = [each for each, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]
    if not _can_be_laid_at_once(executor, wanted):
        return
    with connection.schema_editor() as editor:
        if not _begun(executor, wanted):  # somebody else may have been quicker
            _lay(executor, wanted, editor)
