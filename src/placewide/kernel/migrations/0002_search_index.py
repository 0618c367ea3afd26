"""The full-text index over SearchEntry.words, each database's own."""

from django.db import migrations

# FTS5 with external content, kept up by triggers: https://www.sqlite.org/fts5.html#external_content_tables
SQLITE = [
    """CREATE VIRTUAL TABLE kernel_search_words USING fts5(
        words, content='kernel_searchentry', content_rowid='id', tokenize='ascii', detail='none')""",
    """CREATE TRIGGER kernel_search_added AFTER INSERT ON kernel_searchentry BEGIN
        INSERT INTO kernel_search_words(rowid, words) VALUES (new.id, new.words);
    END""",
    """CREATE TRIGGER kernel_search_removed AFTER DELETE ON kernel_searchentry BEGIN
        INSERT INTO kernel_search_words(kernel_search_words, rowid, words) VALUES ('delete', old.id, old.words);
    END""",
    """CREATE TRIGGER kernel_search_changed AFTER UPDATE ON kernel_searchentry BEGIN
        INSERT INTO kernel_search_words(kernel_search_words, rowid, words) VALUES ('delete', old.id, old.words);
        INSERT INTO kernel_search_words(rowid, words) VALUES (new.id, new.words);
    END""",
]
POSTGRESQL = [
    """ALTER TABLE kernel_searchentry
        ADD COLUMN tokens tsvector GENERATED ALWAYS AS (to_tsvector('simple', words)) STORED""",
    "CREATE INDEX kernel_search_words ON kernel_searchentry USING gin (tokens)",
]
UNDO = {
    "sqlite": ["DROP TABLE kernel_search_words"]
    + [f"DROP TRIGGER kernel_search_{name}" for name in ("added", "removed", "changed")],
    "postgresql": ["ALTER TABLE kernel_searchentry DROP COLUMN tokens"],
}


def add(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def remove(apps, schema_editor):
    for statement in UNDO[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_initial")]
    operations = [migrations.RunPython(add, remove)]
