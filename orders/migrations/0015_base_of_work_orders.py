from django.db import migrations

MOVE = """
    UPDATE orders_document d SET base_id = w.request_id
      FROM orders_workorder w
     WHERE w.document_ptr_id = d.id AND w.request_id IS NOT NULL
"""
MOVE_BACK = """
    UPDATE orders_workorder w SET request_id = d.base_id
      FROM orders_document d JOIN orders_repairrequest r ON r.document_ptr_id = d.base_id
     WHERE w.document_ptr_id = d.id
"""


class Migration(migrations.Migration):
    """What a work order was made from stands where every document says it.

    Its triggers come back in the next migration: nobody changed these documents.
    """

    dependencies = [("orders", "0014_papers_records")]
    operations = [migrations.RunSQL(MOVE, MOVE_BACK)]
