"""What this floor holds of a client, table by table; see `customers.held`.

A document counts for its customer; whoever only pays is told of the header and of the money.
"""

from customers.held import NAMES_OF_THINGS, NUMBERS, PAPERS, STATES, Held
from customers.personal import SOURCE
from orders.models import (
    Approval,
    Cart,
    CartLine,
    Contract,
    CustomerOrder,
    Damage,
    Defect,
    DefectPhoto,
    DeferredWork,
    Document,
    Estimate,
    EstimateAnswer,
    Invoice,
    LineAnswer,
    LostDemand,
    MarkingCode,
    OpeningBalance,
    OwnMaterial,
    PartLine,
    Payment,
    PrintedForm,
    RepairRequest,
    Representative,
    Reserve,
    Sale,
    Selection,
    SelectionLine,
    Slot,
    StateChange,
    StockMovement,
    Visit,
    VisitPhoto,
    WorkLine,
    WorkOrder,
)

OF_DOCUMENT = ("document__counterparty",)
OF_LINE = ("line__document__counterparty",)
PLACE = ("position", "discount_source", "discount_by")
CHOSEN = ("labor", "part", "discount_source", "discount_by")

TABLES = (
    Held(Contract, kept={NUMBERS: ("number",)}),
    Held(Representative, goes=True),
    Held(
        Document,
        ("counterparty", "payer"),
        emptied=("comment",),
        kept={NUMBERS: (*SOURCE, "number")},
        hidden=("branch", "base", "created_at"),
    ),
    Held(
        StateChange,
        OF_DOCUMENT,
        emptied=("why",),
        kept={STATES: ("from_state", "to_state")},
        hidden=("from_goods",),
        worded={"from_state": "from_label", "to_state": "to_label"},
    ),
    Held(
        RepairRequest,
        emptied=("customer_text", "contact_phone", "vehicle_text", "reason"),
    ),
    Held(Slot, ("request__counterparty",), hidden=("is_held",)),
    Held(
        Visit,
        emptied=("brought_by", "reasons", "belongings", "remarks", "signature"),
        kept={STATES: ("things", "lights")},
        hidden=("signature",),
    ),
    Held(
        Damage,
        ("visit__counterparty",),
        kept={NAMES_OF_THINGS: ("note",)},
        hidden=("x", "y"),
    ),
    Held(VisitPhoto, ("visit__counterparty",), hidden=("width", "height")),
    Held(Estimate),
    Held(CustomerOrder),
    Held(WorkOrder, emptied=("handed_over_to",)),
    Held(Sale),
    Held(Invoice),
    Held(
        WorkLine,
        OF_DOCUMENT,
        kept={NAMES_OF_THINGS: ("name",), NUMBERS: ("code",)},
        hidden=("labor", *PLACE),
    ),
    Held(PartLine, OF_DOCUMENT, hidden=("warehouse", "ordered", "issued", *PLACE)),
    Held(Reserve, OF_LINE, is_told=False),
    Held(MarkingCode, OF_LINE, kept={NUMBERS: ("code", "scanned")}, is_told=False),
    Held(
        StockMovement,
        (*OF_DOCUMENT, *OF_LINE),
        emptied=("why",),
        kept={NUMBERS: ("paper",)},
        is_told=False,
    ),
    Held(Approval, OF_DOCUMENT, dashed=("who", "what")),
    Held(OwnMaterial, OF_DOCUMENT, kept={NAMES_OF_THINGS: ("name", "unit")}),
    Held(EstimateAnswer, ("estimate__counterparty",), emptied=("address", "text")),
    Held(
        LineAnswer,
        ("answer__estimate__counterparty",),
        kept={NAMES_OF_THINGS: ("name",)},
        hidden=("answer", "work", "part"),
    ),
    Held(
        DeferredWork,
        (*OF_DOCUMENT, "done_by__counterparty"),
        kept={NUMBERS: (*SOURCE, "code"), NAMES_OF_THINGS: ("name",)},
        dashed=("why",),
        hidden=("labor", "part"),
    ),
    Held(Defect, OF_DOCUMENT, kept={NAMES_OF_THINGS: ("text",)}),
    Held(DefectPhoto, ("defect__document__counterparty",), hidden=("width", "height")),
    Held(
        PrintedForm,
        OF_DOCUMENT,
        kept={PAPERS: ("form", "title", "path", "sha256")},
        hidden=("form", "path", "sha256"),
    ),
    Held(Payment, kept={NUMBERS: (*SOURCE, "receipt_number")}),
    Held(OpeningBalance),
    Held(Selection, kept={NUMBERS: SOURCE}, hidden=("former",)),
    Held(
        SelectionLine,
        ("selection__counterparty",),
        emptied=("why",),
        kept={NAMES_OF_THINGS: ("name", "supplier")},
        hidden=("selection", *CHOSEN),
    ),
    Held(LostDemand, kept={NAMES_OF_THINGS: ("wanted",)}, hidden=("part",)),
    Held(Cart, goes=True),
    Held(CartLine, ("cart__counterparty",), goes=True, hidden=("cart", *CHOSEN)),
)
