"""Who works in the demo shop, and in which of its two branches."""

from dataclasses import dataclass

PASSWORD = "demo"


@dataclass(frozen=True)
class Login:
    username: str
    role: str
    full_name: str
    phone_line: str

    @property
    def email(self) -> str:
        return f"{self.username}@arm.example"


@dataclass(frozen=True)
class Branch:
    id: str
    name: str
    prefix: str
    timezone: str
    warehouse: str
    hour_price: int
    bays: tuple[str, ...]
    advisors: tuple[str, ...]
    masters: tuple[str, ...]


LOGINS = (
    Login("anna", "advisor", "Соколова Анна Викторовна", "101"),
    Login("boris", "advisor", "Ершов Борис Андреевич", "102"),
    Login("olga", "advisor", "Титова Ольга Сергеевна", "103"),
    Login("zoya", "advisor", "Уварова Зоя Павловна", "201"),
    Login("vera", "operator", "Лапина Вера Николаевна", "110"),
    Login("gleb", "parts", "Кручинин Глеб Олегович", "120"),
    Login("pavel", "master", "Дроздов Павел Иванович", "131"),
    Login("roman", "master", "Акимов Роман Сергеевич", "132"),
    Login("timur", "master", "Валеев Тимур Рашидович", "231"),
    Login("dina", "manager", "Мещерякова Дина Алексеевна", "140"),
    Login("egor", "admin", "Тихонов Егор Дмитриевич", "150"),
)

CENTRE = Branch(
    id="centre",
    name="Центр",
    prefix="ЦОА",
    timezone="Europe/Moscow",
    warehouse="Основной склад",
    hour_price=2400,
    bays=("Пост 1", "Пост 2", "Пост 3", "Пост 4", "Пост 5"),
    advisors=("anna", "boris", "olga"),
    masters=("pavel", "roman"),
)
URAL = Branch(
    id="ural",
    name="Уралмаш",
    prefix="ЕКБ",
    timezone="Asia/Yekaterinburg",
    warehouse="Склад Уралмаш",
    hour_price=1900,
    bays=("Пост У1", "Пост У2", "Пост У3"),
    advisors=("zoya",),
    masters=("timur",),
)
BRANCHES = (CENTRE, URAL)


def write(sheets) -> None:
    for login in LOGINS:
        sheets.add(
            "users",
            username=login.username,
            full_name=login.full_name,
            email=login.email,
            role=login.role,
            phone_line=login.phone_line,
        )
    for branch in BRANCHES:
        sheets.add(
            "branches",
            id=branch.id,
            name=branch.name,
            prefix=branch.prefix,
            timezone=branch.timezone,
        )
