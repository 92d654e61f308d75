"""The six clients of the page this product grew from, exactly as that page shows them."""

CLIENTS = (
    ("seed-zubkov", "Зубков Алексей", "person", "7712334545"),
    ("seed-ivanov", "Иванов Иван", "person", ""),
    ("seed-iksora", "ИКСОРА", "company", ""),
    ("seed-stroganov", 'ИЧП "Строганов НИ"', "company", "4256836901"),
    ("seed-leonidov", "Леонидов Петр Иванович", "person", ""),
    ("seed-mparts", "М Партс", "company", ""),
)
CONTACTS = (
    ("seed-zubkov", "mobile", "+7 (908) 4944434"),
    ("seed-ivanov", "email", "ivanov@mail.ru"),
    ("seed-ivanov", "mobile", "+7 (945) 1231010"),
    ("seed-stroganov", "mobile", "+7 (916) 8545678"),
    ("seed-leonidov", "mobile", "+7 (909) 9090909"),
)
# What finds one of the six finds nobody else: these endings of phones and surnames are kept free.
PHONE_ENDINGS = {"4944434", "1231010", "8545678", "9090909"}


def write(sheets) -> None:
    for id, name, legal_form, inn in CLIENTS:
        sheets.add(
            "customers",
            id=id,
            name=name,
            kind="buyer",
            legal_form=legal_form,
            inn=inn,
            created_at="2020-10-20",
        )
    for customer, kind, value in CONTACTS:
        primary = 1 if kind == "mobile" else 0
        sheets.add("contacts", customer=customer, kind=kind, value=value, primary=primary)
    sheets.add(
        "vehicles",
        id="seed-corolla",
        make="TOYOTA",
        model="COROLLA седан (_E12J_,_E12T_)",
        vin="NMTBM28E80R058037",
        plate="n123ap",
    )
    sheets.add("ownerships", vehicle="seed-corolla", customer="seed-zubkov", role="owner")
    sheets.add(
        "requests",
        id="seed-plan",
        date="2020-10-20",
        operation="plan",
        number="ЦОА0000001",
        branch="centre",
        customer="seed-zubkov",
        vehicle="seed-corolla",
    )
