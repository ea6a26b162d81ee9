/** One invented person: national numbers here have a month from 61 on, which no real person has. */
export interface Burger {
  readonly insz: string;
  readonly voornamen: readonly string[];
  readonly achternaam: string;
  readonly geslacht: '1' | '2';
  /** `00` for what is not known. */
  readonly geboren: string;
  readonly overleden?: string;
  readonly burgerlijkeStaat?: string;
  readonly adres: Adres;
  /** What stands before the number of a replaced or cancelled one. */
  readonly nieuwInsz?: string;
  readonly geannuleerd?: true;
  /** Position in the family at the address: 01 is who it is named after. */
  readonly positie: string;
}

export interface Adres {
  readonly straatnaam: string;
  readonly straatcode: string;
  readonly huisnummer: string;
  readonly postcode: string;
  readonly gemeente: string;
}

const kerkstraat: Adres = {
  straatnaam: 'Kerkstraat',
  straatcode: '1043',
  huisnummer: '8',
  postcode: '9880',
  gemeente: 'Aalter',
};
const stationsstraat: Adres = { ...kerkstraat, straatnaam: 'Stationsstraat', straatcode: '1081' };
const dorp: Adres = { ...kerkstraat, straatnaam: 'Dorp', straatcode: '0012', huisnummer: '21' };

const burgerList: readonly Burger[] = [
  {
    insz: '85640103336',
    voornamen: ['An', 'Maria'],
    achternaam: 'Voorbeeld',
    geslacht: '2',
    geboren: '1985-04-01',
    burgerlijkeStaat: '20',
    adres: kerkstraat,
    positie: '01',
  },
  {
    insz: '82651102180',
    voornamen: ['Bert'],
    achternaam: "D'Hondt & Zoon",
    geslacht: '1',
    geboren: '1982-05-11',
    burgerlijkeStaat: '20',
    adres: kerkstraat,
    positie: '02',
  },
  {
    insz: '12630701512',
    voornamen: ['Cléo', 'An'],
    achternaam: "D'Hondt & Zoon",
    geslacht: '2',
    geboren: '2012-03-07',
    adres: kerkstraat,
    positie: '03',
  },
  {
    insz: '15640212426',
    voornamen: ['Daan'],
    achternaam: "D'Hondt & Zoon",
    geslacht: '1',
    geboren: '2015-04-02',
    adres: kerkstraat,
    positie: '03',
  },
  {
    insz: '00600000160',
    voornamen: ['Emin'],
    achternaam: 'Voorbeeldi',
    geslacht: '1',
    geboren: '2000-00-00',
    burgerlijkeStaat: '10',
    adres: stationsstraat,
    positie: '01',
  },
  {
    insz: '47660300197',
    voornamen: ['Frans'],
    achternaam: 'Voorbeeld',
    geslacht: '1',
    geboren: '1947-06-03',
    overleden: '2025-11-30',
    adres: dorp,
    positie: '01',
  },
  {
    insz: '90620901797',
    voornamen: ['Gus'],
    achternaam: 'Voorbeeld',
    geslacht: '1',
    geboren: '1990-02-09',
    adres: dorp,
    nieuwInsz: '90690001728',
    positie: '01',
  },
  {
    insz: '61610500303',
    voornamen: ['Hilde'],
    achternaam: 'Voorbeeld',
    geslacht: '2',
    geboren: '1961-01-05',
    adres: dorp,
    geannuleerd: true,
    positie: '01',
  },
];

/** Who lives in the register of the simulator, by number. */
export const burgers: ReadonlyMap<string, Burger> = new Map(
  burgerList.map((burger) => [burger.insz, burger]),
);

const isSame = (one: Adres, { postcode, straatcode, huisnummer }: Partial<Adres>): boolean =>
  one.postcode === postcode &&
  Number(one.straatcode) === Number(straatcode) &&
  one.huisnummer === huisnummer;

/** Who lives at an address and is alive. */
export const bewoners = (adres: Partial<Adres>): Burger[] =>
  burgerList.filter((one) => !one.overleden && !one.geannuleerd && isSame(one.adres, adres));

export interface Bedrijf {
  readonly nummer: string;
  readonly naam: string;
  readonly commercieel?: string;
  readonly status: 'AC' | 'ST';
  readonly rechtsvorm: string;
  readonly adres: Adres;
  readonly telefoon?: string;
}

/** Enterprises by number: two that exist, of which only the name is told, and one that does not. */
export const bedrijven: ReadonlyMap<string, Bedrijf> = new Map(
  [
    {
      nummer: '0316380841',
      naam: 'Vlaamse Gemeenschap',
      status: 'AC',
      rechtsvorm: '411',
      adres: dorp,
    },
    { nummer: '0207433213', naam: 'Gemeente Aalter', status: 'AC', rechtsvorm: '411', adres: dorp },
    {
      nummer: '0799999976',
      naam: 'Fietshersteller <Voorbeeld> & Co',
      commercieel: 'De Losse Ketting',
      status: 'ST',
      rechtsvorm: '610',
      adres: stationsstraat,
      telefoon: '+32 9 000 00 00',
    },
  ].map((one) => [one.nummer, one as Bedrijf]),
);
