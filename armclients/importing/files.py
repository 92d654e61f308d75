"""The catalogue of files: what each floor can take in, in the order of what refers to what."""

from pathlib import Path

from django.utils.translation import gettext as _

from armclients.importing.problems import FileRefused, ImportRefused
from armclients.importing.reading import Table
from armclients.importing.users import USERS, WORKPLACES
from customers import import_files as customers
from orders import import_carts as carts
from orders import import_deferred as deferred
from orders import import_files as orders
from orders import import_lines as lines
from orders import import_mentions as mentions
from orders import import_packages as packages
from orders import import_papers as papers
from orders import import_prices as prices
from orders import import_selections as selections
from orders import import_settlements as settlements
from vehicles import import_files as vehicles
from vehicles import import_tires as tires

CATALOGUE = (
    USERS,
    orders.BRANCHES,
    WORKPLACES,
    customers.CUSTOMERS,
    customers.CONTACTS,
    customers.CARDS,
    customers.CONSENTS,
    vehicles.VEHICLES,
    vehicles.OWNERSHIPS,
    vehicles.PLATES,
    mentions.ODOMETER,
    tires.CELLS,
    tires.SETS,
    tires.MEASUREMENTS,
    tires.MOVEMENTS,
    orders.PARTS,
    prices.LABOR,
    prices.PRICES,
    prices.HOUR_PRICES,
    prices.ANALOGS,
    packages.PACKAGES,
    packages.PACKAGE_WORKS,
    packages.PACKAGE_PARTS,
    packages.PACKAGE_MODELS,
    orders.STOCK,
    papers.ORDERS,
    papers.REQUESTS,
    papers.WORK_ORDERS,
    papers.ESTIMATES,
    papers.SALES,
    papers.INVOICES,
    lines.ORDER_LINES,
    lines.ORDER_WORKS,
    lines.SLOTS,
    lines.REQUEST_WORKS,
    lines.REQUEST_PARTS,
    lines.WORK_ORDER_WORKS,
    lines.WORK_ORDER_PARTS,
    *papers.LINES,
    settlements.PAYMENTS,
    settlements.BALANCES,
    mentions.EVENTS,
    carts.CARTS,
    carts.CART_LINES,
    deferred.DEFERRED,
    selections.SELECTIONS,
    selections.SELECTION_LINES,
)
SUFFIXES = (".csv", ".xlsx")


def tables_in(directory: Path, encoding: str) -> dict[str, Table]:
    """The files of the catalogue that a directory holds, by name."""
    if not directory.is_dir():
        raise ImportRefused(_("There is no directory %(path)s.") % {"path": directory})
    known = {form.name for form in CATALOGUE}
    found: dict[str, Table] = {}
    for path in sorted(directory.iterdir()):
        name = path.stem.lower()
        if path.suffix.lower() not in SUFFIXES or name not in known or not path.is_file():
            continue
        if name in found:
            raise FileRefused(
                path.name,
                _("%(other)s is there too: keep one of them") % {"other": found[name].file},
            )
        found[name] = Table(path, encoding)
    if not found:
        raise ImportRefused(
            _("%(path)s holds none of the files to import: %(known)s.")
            % {
                "path": directory,
                "known": ", ".join(f"{form.name}.csv" for form in CATALOGUE),
            }
        )
    return found
