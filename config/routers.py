from django.db import connections


class PublicReadsFromReplica:
    """Sends reads of what is published to the replica, so that readers and editors share no queue.

    Used only where DATABASE_REPLICA_URL is set. Everything inside a transaction stays on the main database:
    there publishing reads rows in order to change them, and a copy that lags by a moment would mislead it.
    """

    def db_for_read(self, model, **hints):
        if model._meta.app_label != "publications" or connections["default"].in_atomic_block:
            return None
        return "replica"

    def allow_relation(self, obj1, obj2, **hints):
        # Both aliases hold the same rows.
        return True

    def allow_migrate(self, db, app_label, **hints):
        return False if db == "replica" else None
