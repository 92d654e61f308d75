"""What is driven in Russia: makes, models named as parts catalogues name them, years of making."""

from .tables import table, words

# make | model | from | to | share | start of the VIN | trims
MODELS = table("""
LADA | VESTA седан (2180) | 2015 | 2024 | 60 | XTAGFL110 | Comfort, Luxe, Classic
LADA | GRANTA седан (2190) | 2011 | 2024 | 62 | XTA219010 | Standard, Comfort, Norma
LADA | LARGUS универсал (R90) | 2012 | 2024 | 32 | XTAKS0Y5L | 5 мест, 7 мест, Cross
LADA | NIVA LEGEND (2121, 21214) | 2000 | 2024 | 20 | XTA212140 | Classic, Urban
LADA | PRIORA седан (2170) | 2007 | 2015 | 22 | XTA217030 | Норма, Люкс
LADA | KALINA хэтчбек (2192) | 2013 | 2018 | 14 | XTA219210 | Норма, Cross
KIA | RIO IV (FB) | 2017 | 2022 | 58 | Z94C241BB | Comfort, Luxe, Prestige
KIA | RIO III (UB) | 2011 | 2017 | 40 | Z94CB41AA | Comfort, Luxe
KIA | SPORTAGE IV (QL, QLE) | 2016 | 2021 | 26 | XWEPH81AB | Luxe, Prestige
KIA | CEED хэтчбек (CD) | 2018 | 2022 | 18 | XWEH2511A | Comfort, Luxe
KIA | SORENTO III (UM) | 2014 | 2020 | 12 | XWEPH81BD | Luxe, Premium
HYUNDAI | SOLARIS II седан (HCR) | 2017 | 2022 | 58 | Z94K241CB | Active Plus, Comfort
HYUNDAI | SOLARIS I седан (RB) | 2010 | 2017 | 44 | Z94CT41DA | Active, Comfort
HYUNDAI | CRETA (GS, GC) | 2016 | 2021 | 36 | Z94G2811D | Active, Comfort, Travel
HYUNDAI | TUCSON (TL, TLE) | 2015 | 2021 | 16 | TMAJ3812D | Comfort, Dynamic
HYUNDAI | SANTA FE III (DM, DMA) | 2012 | 2018 | 10 | KMHSU81XD | Comfort, Premium
TOYOTA | CAMRY седан (_V7_, _VA7_, _VH7_) | 2017 | 2022 | 34 | XW7BF3HK1 | Стандарт, Престиж
TOYOTA | CAMRY седан (_V5_) | 2011 | 2018 | 24 | XW7BF4FK5 | Классик, Комфорт
TOYOTA | COROLLA седан (_E15_) | 2006 | 2013 | 22 | JTNBV56E2 | Комфорт, Элеганс
TOYOTA | COROLLA седан (_E12J_,_E12T_) | 2001 | 2007 | 10 | JTDBZ22E1 | Терра, Соль
TOYOTA | RAV 4 IV (_A4_) | 2012 | 2019 | 26 | JTMDD9EV8 | Комфорт, Престиж
TOYOTA | LAND CRUISER PRADO (_J15_) | 2009 | 2022 | 10 | JTEBU3FJ3 | Комфорт, Люкс
VW | POLO седан (602, 604, 612, 614) | 2010 | 2020 | 44 | XW8ZZZ61Z | Trendline, Comfortline
VW | TIGUAN (AD1, AX1) | 2016 | 2022 | 20 | XW8ZZZ5NZ | Comfortline, Highline
VW | PASSAT B7 (362) | 2010 | 2015 | 9 | WVWZZZ3CZ | Comfortline
VW | GOLF VI (5K1) | 2008 | 2013 | 8 | WVWZZZ1KZ | Trendline
SKODA | OCTAVIA III (5E3, NL3, NR3) | 2013 | 2020 | 28 | XW8AC4NE4 | Active, Ambition, Style
SKODA | RAPID (NH3, NK3, NK6) | 2014 | 2022 | 30 | XW8AC2NH2 | Active, Ambition
SKODA | KODIAQ (NS7, NV7) | 2017 | 2022 | 12 | TMBLD9NS3 | Ambition, Style
RENAULT | LOGAN II (L8_) | 2013 | 2022 | 42 | X7L4SRAV4 | Access, Life, Drive
RENAULT | DUSTER (HS_) | 2011 | 2021 | 34 | X7LHSRGAN | Expression, Privilege
RENAULT | KAPTUR (H5_) | 2016 | 2022 | 20 | X7LASREA7 | Life, Style
RENAULT | SANDERO / STEPWAY II (B8_) | 2014 | 2022 | 16 | X7L5SRAT4 | Life, Stepway
NISSAN | QASHQAI II (J11) | 2014 | 2021 | 24 | SJNFDNJ11 | SE, SE+, LE
NISSAN | X-TRAIL (T32_) | 2014 | 2022 | 20 | Z8NTANT32 | SE, LE
NISSAN | ALMERA седан (G15) | 2012 | 2018 | 18 | Z8NAJL000 | Welcome, Comfort
FORD | FOCUS III (CB8) | 2011 | 2019 | 34 | X9FKXXEEB | Ambiente, Trend, Titanium
FORD | MONDEO IV (BA7) | 2007 | 2015 | 12 | X9FDXXEEB | Trend, Titanium
CHEVROLET | CRUZE седан (J300) | 2009 | 2015 | 20 | XUFJF69NJ | LS, LT
CHEVROLET | LACETTI седан (J200) | 2004 | 2013 | 14 | XUUNF196J | SE, SX
MITSUBISHI | OUTLANDER III (GG_W, GF_W, ZJ, ZL, ZK) | 2012 | 2022 | 20 | Z8TXTGF3W | Inform, Invite
MITSUBISHI | LANCER X седан (CY_A, CZ_A) | 2007 | 2015 | 16 | JMBSRCY2A | Invite, Intense
MAZDA | CX-5 (KF) | 2017 | 2022 | 18 | RUMKFEWLA | Drive, Active, Supreme
MAZDA | 6 седан (GJ, GL) | 2012 | 2021 | 12 | RUMGJ5268 | Drive, Active
CHERY | TIGGO 7 PRO | 2020 | 2024 | 34 | LVVDB11B1 | Luxury, Elite, Prestige
CHERY | TIGGO 4 | 2019 | 2024 | 22 | LVVDB11B7 | Start, Action
CHERY | TIGGO 8 PRO MAX | 2022 | 2024 | 12 | LVTDB21B5 | Dreamline, Prestige
HAVAL | JOLION | 2021 | 2024 | 32 | XZGFF04A1 | Comfort, Elite, Premium
HAVAL | F7 | 2019 | 2024 | 16 | XZGFF06A2 | Comfort, Elite
GEELY | COOLRAY (SX11) | 2020 | 2024 | 16 | Y4K8622Z6 | Comfort, Luxury
GEELY | MONJARO (KX11) | 2022 | 2024 | 14 | L6T7942Z2 | Luxury, Exclusive
EXEED | TXL | 2020 | 2024 | 8 | LVTDD24B1 | Luxury, Flagship
OMODA | C5 | 2022 | 2024 | 10 | LVUGFB220 | Joy, Lifestyle
CHANGAN | CS55 PLUS | 2021 | 2024 | 8 | LS4ASE2E1 | Comfort, Luxe
BMW | 3 седан (F30, F80) | 2012 | 2019 | 12 | X4X3D5940 | 320i, 320d xDrive
BMW | X5 (F15, F85) | 2013 | 2018 | 10 | X4XKS4940 | xDrive30d, xDrive35i
MERCEDES-BENZ | E-CLASS седан (W212) | 2009 | 2016 | 10 | WDD212054 | E 200, E 250
MERCEDES-BENZ | GLC (X253) | 2015 | 2022 | 8 | WDC253946 | GLC 220 d, GLC 250
AUDI | A4 B8 седан (8K2) | 2007 | 2015 | 10 | WAUZZZ8K9 | 1.8 TFSI, 2.0 TDI
AUDI | Q5 (8RB) | 2008 | 2017 | 9 | WAUZZZ8R2 | 2.0 TFSI quattro
VOLVO | XC60 (156) | 2008 | 2017 | 8 | YV1DZ8256 | Momentum, Summum
УАЗ | ПАТРИОТ (3163) | 2008 | 2024 | 10 | XTT316300 | Comfort, Privilege
ГАЗ | ГАЗель NEXT бортовая (A21) | 2013 | 2024 | 12 | X96A21R32 | бортовая, фургон
МОСКВИЧ | 3 | 2022 | 2024 | 6 | XZ5GCJ4A3 | Стандарт, Комфорт
""")

# make | model | from | to | share | start of the body number
RIGHT_HAND = table("""
TOYOTA | COROLLA седан (NZE12_) | 2000 | 2006 | 10 | NZE121
TOYOTA | COROLLA FIELDER (NZE14_) | 2006 | 2012 | 8 | NZE141
TOYOTA | VITZ (KSP9_, NCP9_) | 2005 | 2010 | 7 | KSP90
TOYOTA | PRIUS (ZVW3_) | 2009 | 2015 | 6 | ZVW30
HONDA | FIT II (GE) | 2007 | 2013 | 8 | GE6
HONDA | VEZEL (RU) | 2013 | 2020 | 5 | RU1
NISSAN | NOTE (E12) | 2012 | 2019 | 5 | E12
NISSAN | X-TRAIL (NT31) | 2007 | 2013 | 4 | NT31
SUBARU | FORESTER (SH5) | 2007 | 2013 | 5 | SH5
SUZUKI | SWIFT (ZC72S) | 2010 | 2016 | 3 | ZC72S
""")

COLOURS = words("""
белый чёрный серый серебристый синий красный коричневый бежевый зелёный тёмно-синий
оранжевый голубой
""")
YEAR_LETTERS = dict(zip(range(2000, 2026), "Y123456789ABCDEFGHJKLMNPRS", strict=True))
PLANTS = "0123456789ABCEFGHJKLMPRST"
REGIONS = {
    "centre": words("77 97 99 177 197 199 777 797 799 50 90 150 190 750 790"),
    "ural": words("66 96 196"),
}
OTHER_REGIONS = words("69 71 40 33 62 76 37 52 23 74 72 59 174 78")
PLATE_LETTERS = "АВЕКМНОРСТУХ"
LOOK_ALIKES = str.maketrans(PLATE_LETTERS, "ABEKMHOPCTYX")
