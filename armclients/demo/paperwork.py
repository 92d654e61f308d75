"""In whose name the demo shop prints: an organisation that does not exist, in no real bank."""

import datetime

from customers.models import Counterparty, PriceType
from orders.models import Branch, Contract, Organisation, Representative, TaxRegime

WARRANTY = (
    "Гарантия на работы — 30 дней или 2 000 км пробега, на узлы и агрегаты после ремонта — "
    "3 месяца или 10 000 км, что наступит раньше. Гарантия на запасные части — по сроку "
    "изготовителя. На детали, предоставленные заказчиком, гарантия не распространяется."
)
OWN_TEXT = "Ждём вас ежедневно с 8:00 до 20:00. Запись: +7 (495) 000-00-00."


def fill(today: datetime.date) -> None:
    """Both branches belong to it, and the first company client has a contract."""
    shop, is_new = Organisation.objects.get_or_create(
        name="АРМ Сервис",
        defaults={
            "full_name": "ООО «АРМ Сервис»",
            "inn": "7700999990",
            "kpp": "770001001",
            "ogrn": "1147700999995",
            "address": "115280, г. Москва, ул. Примерная, д. 1",
            "phone": "+7 (495) 000-00-00",
            "bank_name": "АО «Примербанк», г. Москва",
            "bic": "044525999",
            "account": "40702810600000000001",
            "correspondent_account": "30101810600000000999",
            "head": "Мещерякова Дина Алексеевна",
            "accountant": "Тихонова Ольга Петровна",
        },
    )
    if not is_new:
        return
    TaxRegime.objects.create(organisation=shop, valid_from=datetime.date(2019, 1, 1))
    Branch.objects.update(
        organisation=shop,
        address=shop.address,
        phone=shop.phone,
        warranty_terms=WARRANTY,
        print_text=OWN_TEXT,
    )
    companies = Counterparty.objects.filter(legal_form="company", documents__kind="work_order")
    if company := companies.exclude(source_id__startswith="seed").order_by("pk").first():
        Contract.objects.create(
            counterparty=company,
            organisation=shop,
            number="17-О",
            date=today.replace(month=1, day=15),
            payment_delay_days=14,
            credit_limit=300_000,
            price_type_goods=PriceType.objects.filter(scope="goods", name="Оптовая").first(),
            price_type_works=PriceType.objects.filter(
                scope="works", name="Нормо-час льготный"
            ).first(),
        )
        Representative.objects.create(
            counterparty=company,
            name="Орлов Сергей Викторович",
            position="водитель",
            authority_number="42",
            authority_date=today.replace(month=1, day=15),
        )
