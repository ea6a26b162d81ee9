/** A service of MAGDA, as its XSD names it. */
export interface Dienst {
  readonly naam: string;
  /** `NN.NN` in addresses; with `.0000` behind it in the Context. */
  readonly versie: string;
  /** Part of the host under which it is found. */
  readonly domein: 'persoon' | 'onderneming' | 'repertorium' | 'dossier' | 'algemeen';
  /** Of the element around request and answer; what is in it has no namespace. There is no rule by which to derive it. */
  readonly namespace: string;
}

/** Wrappers of the younger services of the domain Persoon. */
const persoon = (naam: string): string =>
  `http://magda.vlaanderen.be/persoon/soap/${naam.toLowerCase()}/v02_02`;

/** Wrappers of the services from VIP times. */
const vip = (naam: string, versie: string, domein: string): string =>
  `http://webservice.${naam.toLowerCase()}dienst-${versie.replace('.', '_')}.${domein}-${versie.replace('.', '_')}.vip.vlaanderen.be`;

const vipDienst = (naam: string, versie: string, domein: Dienst['domein']): Dienst => ({
  naam,
  versie,
  domein,
  namespace: vip(naam, versie, domein),
});

const persoonDienst = (naam: string): Dienst => ({
  naam,
  versie: '02.02',
  domein: 'persoon',
  namespace: persoon(naam),
});

export const geefPersoon = persoonDienst('GeefPersoon');
export const zoekPersoonOpAdres = persoonDienst('ZoekPersoonOpAdres');
export const geefGezinssamenstelling = persoonDienst('GeefGezinssamenstelling');
export const geefOnderneming = vipDienst('GeefOnderneming', '02.00', 'onderneming');
export const geefOndernemingVkbo = vipDienst('GeefOndernemingVKBO', '02.00', 'onderneming');
export const registreerInschrijving = vipDienst('RegistreerInschrijving', '02.01', 'repertorium');
export const registreerUitschrijving = vipDienst('RegistreerUitschrijving', '02.01', 'repertorium');

export const geefPersoonMutatiesNotificaties = vipDienst(
  'GeefPersoonMutatiesNotificaties',
  '02.00',
  'persoon',
);
export const geefMutatiesNotificaties = vipDienst('GeefMutatiesNotificaties', '02.01', 'algemeen');
export const registreerDossier = vipDienst('RegistreerDossier', '02.00', 'dossier');
export const geefResultaatRegistratie = vipDienst('GeefResultaatRegistratie', '02.00', 'dossier');

/** `GeefPersoon-02.02`: as the register of questions and failures name it. */
export const dienstNaam = ({ naam, versie }: Dienst): string => `${naam}-${versie}`;

/** Path of the service on its host. */
export const dienstPath = ({ naam, versie }: Dienst): string =>
  `/${naam}Dienst-${versie}/soap/WebService`;
