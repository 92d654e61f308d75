"""What lies on the shelves, and how much of it may still be promised."""

from dataclasses import dataclass
from decimal import Decimal

from . import staff
from .chance import stream
from .tables import table

# article | maker | name | group | unit | price
CATALOGUE = table("""
W 914/2 | MANN-FILTER | Фильтр масляный | oil filter | шт | 690
W 67/1 | MANN-FILTER | Фильтр масляный | oil filter | шт | 780
OC 534 | MAHLE | Фильтр масляный | oil filter | шт | 560
26300-35505 | HYUNDAI / KIA | Фильтр масляный | oil filter | шт | 640
90915-YZZJ1 | TOYOTA | Фильтр масляный | oil filter | шт | 820
15208-65F0E | NISSAN | Фильтр масляный | oil filter | шт | 870
C 27 125 | MANN-FILTER | Фильтр воздушный | air filter | шт | 1250
LX 3541 | MAHLE | Фильтр воздушный | air filter | шт | 1080
17801-21050 | TOYOTA | Фильтр воздушный | air filter | шт | 1740
28113-H8100 | HYUNDAI / KIA | Фильтр воздушный | air filter | шт | 1120
CU 2939 | MANN-FILTER | Фильтр салона | cabin filter | шт | 890
CUK 1919 | MANN-FILTER | Фильтр салона угольный | cabin filter | шт | 1490
97133-D1000 | HYUNDAI / KIA | Фильтр салона | cabin filter | шт | 960
WK 69/2 | MANN-FILTER | Фильтр топливный | fuel filter | шт | 2100
31112-1R000 | HYUNDAI / KIA | Фильтр топливный | fuel filter | шт | 1950
5W-30 HC-C3 | ЛУКОЙЛ | Масло моторное Genesis 5W-30 | oil | л | 690
5W-30 ECP | MOBIL | Масло моторное Mobil 1 ESP 5W-30 | oil | л | 1350
5W-40 HX8 | SHELL | Масло моторное Helix HX8 5W-40 | oil | л | 940
0W-20 SP | IDEMITSU | Масло моторное Zepro 0W-20 | oil | л | 1280
5W-30 TXT | CASTROL | Масло моторное EDGE 5W-30 | oil | л | 1410
ATF WS | TOYOTA | Жидкость АКПП ATF WS | gear oil | л | 1690
ATF SP-IV | HYUNDAI / KIA | Жидкость АКПП SP-IV | gear oil | л | 1180
75W-90 GL-5 | LIQUI MOLY | Масло трансмиссионное 75W-90 | gear oil | л | 1620
G12evo | VAG | Антифриз G12 evo | coolant | л | 640
Long Life Red | FELIX | Антифриз красный | coolant | л | 310
DOT-4 ESP | TRW | Жидкость тормозная DOT-4 | brake fluid | л | 790
ILKAR7B11 | NGK | Свеча зажигания иридиевая | spark plug | шт | 1090
LZKR6B-10E | NGK | Свеча зажигания | spark plug | шт | 460
FR7NPP332 | BOSCH | Свеча зажигания | spark plug | шт | 620
SC20HR11 | DENSO | Свеча зажигания иридиевая | spark plug | шт | 1240
GDB3548 | TRW | Колодки тормозные передние | front pads | компл | 3950
04465-33471 | TOYOTA | Колодки тормозные передние | front pads | компл | 7900
P 30 070 | BREMBO | Колодки тормозные передние | front pads | компл | 4680
SP1399 | SANGSIN | Колодки тормозные передние | front pads | компл | 2350
2110-3501080 | ТИИР | Колодки тормозные передние | front pads | компл | 980
GDB3636 | TRW | Колодки тормозные задние | rear pads | компл | 3420
SP1401 | SANGSIN | Колодки тормозные задние | rear pads | компл | 2080
GS8780 | TRW | Колодки барабанные | drum shoes | компл | 2890
DF6284 | TRW | Диск тормозной передний | front disc | шт | 4650
09.A969.11 | BREMBO | Диск тормозной передний | front disc | шт | 5480
51712-H8000 | HYUNDAI / KIA | Диск тормозной передний | front disc | шт | 5920
DF6512 | TRW | Диск тормозной задний | rear disc | шт | 3870
339114 | KYB | Амортизатор передний правый | front damper | шт | 6450
339115 | KYB | Амортизатор передний левый | front damper | шт | 6450
22-247711 | BILSTEIN | Амортизатор передний B4 | front damper | шт | 9800
349041 | KYB | Амортизатор задний | rear damper | шт | 4980
314 716 | SACHS | Амортизатор задний | rear damper | шт | 5450
802 512 | SACHS | Опора амортизатора | mount | шт | 2150
KB661.08 | SNR | Опора амортизатора с подшипником | mount | шт | 2680
36828 01 | LEMFÖRDER | Стойка стабилизатора | link | шт | 2140
JTS7525 | TRW | Стойка стабилизатора передняя | link | шт | 1680
CLT-68 | CTR | Стойка стабилизатора | link | шт | 1120
0123-NZE121F | FEBEST | Сайлентблок переднего рычага | bush | шт | 780
33326 01 | LEMFÖRDER | Сайлентблок рычага | bush | шт | 1940
CBKK-12 | CTR | Опора шаровая | ball joint | шт | 1690
JBJ1019 | TRW | Опора шаровая | ball joint | шт | 2350
CEKD-12 | CTR | Наконечник рулевой тяги | tie rod | шт | 1250
JTE1090 | TRW | Наконечник рулевой тяги | tie rod | шт | 1890
54500-H5000 | HYUNDAI / KIA | Рычаг передний левый | arm | шт | 8900
713 6260 20 | FAG | Подшипник ступицы | hub bearing | компл | 5690
VKBA 6996 | SKF | Подшипник ступицы | hub bearing | компл | 6340
CV0175 | GSP | Пыльник ШРУСа | boot | компл | 1150
624 3182 00 | LUK | Комплект сцепления | clutch | компл | 15800
PHC HK-84 | VALEO | Комплект сцепления | clutch | компл | 11900
K015603XS | GATES | Комплект ремня ГРМ | timing kit | компл | 9700
CT1126K1 | CONTITECH | Комплект ремня ГРМ | timing kit | компл | 8850
WP6606 | CONTITECH | Насос охлаждающей жидкости | pump | шт | 5200
P7660 | DOLZ | Насос охлаждающей жидкости | pump | шт | 3890
6PK1200 | GATES | Ремень приводной поликлиновой | belt | шт | 1480
6PK1565 | DAYCO | Ремень приводной поликлиновой | belt | шт | 1350
VKM 65013 | SKF | Ролик натяжной | roller | шт | 3100
4254.87D | WAHLER | Термостат | thermostat | шт | 2870
NRF 53170 | NRF | Радиатор охлаждения | radiator | шт | 12400
S4 005 60Ah | BOSCH | Аккумулятор 60 А·ч | battery | шт | 8900
EFB 70Ah | VARTA | Аккумулятор Blue Dynamic 70 А·ч | battery | шт | 11700
65Ah R+ | ТЮМЕНСКИЙ МЕДВЕДЬ | Аккумулятор 65 А·ч | battery | шт | 6400
H7 64210 | OSRAM | Лампа H7 | bulb | шт | 590
12972 PRC1 | PHILIPS | Лампа H7 | bulb | шт | 640
3 397 014 116 | BOSCH | Щётки стеклоочистителя, комплект | wiper | компл | 2380
DM-560 | DENSO | Щётка стеклоочистителя гибридная | wiper | шт | 1240
0 258 006 537 | BOSCH | Датчик кислорода | lambda | шт | 5900
0 986 580 824 | BOSCH | Насос топливный | fuel pump | шт | 9300
0 221 504 470 | BOSCH | Катушка зажигания | coil | шт | 4350
28440-2B000 | HYUNDAI / KIA | Катушка зажигания | coil | шт | 3100
11213-2B000 | ELRING | Прокладка клапанной крышки | gasket | шт | 1780
R134a | CHEMOURS | Хладагент R134a, 100 г | coolant gas | шт | 420
205/55 R16 | NOKIAN | Шина зимняя Nordman 8 205/55 R16 | tyre | шт | 7600
185/65 R15 | IKON | Шина зимняя Autograph Ice 9 185/65 R15 | tyre | шт | 6900
215/65 R16 | YOKOHAMA | Шина летняя BluEarth 215/65 R16 | tyre | шт | 9400
TR414 | NORDBERG | Вентиль бескамерный | valve | шт | 45
GR-60 | ROSSVIK | Грузик балансировочный, 100 г | weight | шт | 60
51117-BMP | API | Бампер передний | bumper | шт | 14200
L-FR-221 | DEPO | Фара левая | headlight | шт | 18900
1K-2K HS | MOBIHEL | Лак с отвердителем | paint | л | 3400
BC-STD | DUXONE | Эмаль базовая, подбор по коду | paint | л | 6200
CL-12 | МАСТЕР | Пистон крепления обшивки | clip | шт | 35
""")


@dataclass(frozen=True)
class Part:
    id: str
    article: str
    maker: str
    name: str
    group: str
    unit: str
    price: int


PARTS = tuple(
    Part(f"p{number:04}", *row[:5], int(row[5])) for number, row in enumerate(CATALOGUE, 1)
)
OF_GROUP: dict[str, list[Part]] = {}
for _part in PARTS:
    OF_GROUP.setdefault(_part.group, []).append(_part)


class Shelves:
    """Stock of both warehouses; never promises more than there is."""

    def __init__(self):
        rng = stream("stock")
        self.stock = {}
        for part in PARTS:
            plenty = 120 if part.unit == "л" or part.price < 100 else 24
            for branch in staff.BRANCHES:
                self.stock[part, branch.warehouse] = int(plenty * rng.random() ** 1.5)
        self.free = {place: Decimal(quantity) for place, quantity in self.stock.items()}

    def reserve(self, part: Part, warehouse: str, wanted: Decimal) -> Decimal:
        """What could be put aside: all of it, a part, or nothing."""
        reserved = min(wanted, self.free[part, warehouse])
        self.free[part, warehouse] -= reserved
        return reserved

    def write(self, sheets) -> None:
        for part in PARTS:
            sheets.add(
                "parts",
                id=part.id,
                article=part.article,
                manufacturer=part.maker,
                name=part.name,
                unit=part.unit,
                price=part.price,
                cost=part.price * 68 // 100,
            )
        for (part, warehouse), quantity in self.stock.items():
            if quantity:
                sheets.add("stock", part=part.id, warehouse=warehouse, quantity=quantity)
