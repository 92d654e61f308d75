"""What the database refuses on this floor, in words."""

from django.utils.translation import gettext_lazy as _

from armclients.kit.admin import explain

QUANTITY = _("The quantity must be more than zero.")
PRICE = _("The price is less than zero.")
ONE_SCOPE = _("Choose a bay or a master, not both.")
ANSWERED = _("A line is answered once.")
DISCOUNT = _("A discount is between 0 and 100 %.")

explain(
    {
        "bay_once": _("The branch has a bay of this name already."),
        "branch_name_once": _("There is a branch of this name already."),
        "repairkind_once": _("There is a repair kind of this name already."),
        "warehouse_once": _("There is a warehouse of this name already."),
        "counter_once": _("The branch has a counter of this kind and year already."),
        "vatrate_once": _("There is this rate from that day already."),
        "part_price_not_negative": PRICE,
        "part_cost_not_negative": PRICE,
        "partprice_once": _("The part has a price of this type already."),
        "partprice_not_negative": PRICE,
        "hourprice_once": _("There is a price of this type for it already."),
        "hourprice_not_negative": PRICE,
        "analog_once": _("It is its analog already."),
        "analog_is_another": _("A part is no analog of itself."),
        "document_number_once": _(
            "The branch has a document of this kind, year and number already."
        ),
        "document_state_of_its_kind": _("A document of this kind has no such state."),
        "document_total_not_negative": _("The total is less than zero."),
        "workline_quantity_positive": QUANTITY,
        "workline_price_not_negative": PRICE,
        "workline_discount_within_100": DISCOUNT,
        "partline_quantity_positive": QUANTITY,
        "partline_price_not_negative": PRICE,
        "partline_discount_within_100": DISCOUNT,
        "workpackage_once": _("There is a work package of this name already."),
        "workpackage_discount_within_100": DISCOUNT,
        "packagework_quantity_positive": QUANTITY,
        "packagework_price_not_negative": PRICE,
        "packagepart_quantity_positive": QUANTITY,
        "discountlimit_within_100": DISCOUNT,
        "cartline_quantity_and_price": _(
            "A line needs a quantity above zero and no price below it."
        ),
        "deferredwork_quantity_and_price": _(
            "A line needs a quantity above zero and no price below it."
        ),
        "deferredwork_dropped_for_a_reason": _("Say why."),
        "defect_says_what": _("Say what is wrong."),
        "approval_not_negative": PRICE,
        "lineanswer_once_a_work": ANSWERED,
        "lineanswer_once_a_part": ANSWERED,
        "ownmaterial_of_some_quantity": QUANTITY,
        "printedform_file_once": _("Another printed form has this file."),
        "cartline_discount_within_100": _("A discount is between 0 and 100 percent."),
        "cartline_part_or_labor": _("A line is either a part or a labour."),
        "cart_one_open_a_vehicle": _("The client has an open cart for this vehicle already."),
        "cart_became_a_document": _("Only a converted cart is a document."),
        "selectionline_quantity_and_price": _(
            "A line needs a quantity above zero and no price below it."
        ),
        "selectionline_discount_within_100": _("A discount is between 0 and 100 percent."),
        "selectionline_part_or_labor": _("A line is either a part or a labour."),
        "lostdemand_quantity_positive": QUANTITY,
        "supplier_once": _("There is a supplier of this name already."),
        "supplier_markup": _(
            "The markup is not below zero, and prices are rounded to 1 ₽ or more."
        ),
        "supplieroffer_price": PRICE,
        "payment_amount_positive": _("The amount must be more than zero."),
        "slot_ends_after_start": _("The slot ends before it starts."),
        "slot_no_overlap_on_bay": _("The bay is taken at that time."),
        "slot_no_overlap_on_master": _("The master is taken at that time."),
        "hours_of_bay_or_master": ONE_SCOPE,
        "hours_close_after_opening": _("It closes before it opens."),
        "hours_once": _("These hours are there already."),
        "day_off_of_bay_or_master": ONE_SCOPE,
        "day_off_ends_after_start": _("The last day is before the first one."),
        "day_off_once": _("These days off are there already."),
        "visit_fuel_within_tank": _("The tank has eight eighths."),
        "damage_on_the_drawing": _("The mark is beside the drawing."),
        "stock_once": _("The warehouse has this part already: change its quantity there."),
        "stock_not_negative": _("The quantity is less than zero."),
        "stock_reserve_not_above_quantity": _("More would be reserved than the warehouse has."),
        "stockmovement_moves_something": _("A movement of nothing is none."),
        "stockmovement_sign_of_its_kind": _("What comes is above zero, what goes is below."),
        "stockmovement_line_has_document": _("A movement for a line is of its document."),
        "stockmovement_once": _("This was written already."),
        "stockmovement_counted": _("A count is written by changing the quantity."),
        "stockmovement_stays": _("A movement stays as it is: write the opposite one."),
        "partline_issued_within_quantity": _(
            "More is issued than the line would have: take it back first."
        ),
        "partline_ordered_not_negative": QUANTITY,
        "reserve_quantity_positive": QUANTITY,
        "reserve_possible": _(
            "Only stock of the line's own part can be reserved, and only while the goods are still"
            " to be handed over."
        ),
    }
)
