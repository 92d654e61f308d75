"""The folding functions of the database, as expressions: one rule for stored and for typed text.

Their SQL stands in `customers/sql/folding.sql`. Python never folds by itself: `upper()` of two
languages would differ sooner or later.
"""

from django.db import models
from django.db.models.expressions import Combinable, Func
from django.db.models.functions import Concat


class Fold(Func):
    output_field = models.TextField()


class FoldName(Fold):
    function = "fold_name"


class FoldContact(Fold):
    function = "fold_contact"


class ContactExtension(Fold):
    function = "contact_extension"


class FoldVehicle(Fold):
    function = "fold_vehicle"


def token(folded: Combinable | str) -> Concat:
    """A folded value with a blank at both ends, as the search row holds it."""
    blank = models.Value(" ")
    return Concat(blank, folded, blank, output_field=models.TextField())
