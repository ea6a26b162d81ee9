import type { XmlElement } from '#kit/soap/xml.js';
import {
  geefGezinssamenstelling,
  geefOnderneming,
  geefOndernemingVkbo,
  geefPersoon,
  registreerInschrijving,
  registreerUitschrijving,
  zoekPersoonOpAdres,
} from '../diensten.js';
import type { Dienst } from '../diensten.js';
import { dossierInhouden } from './more-shapes.js';
import { maybe, one, some, text, wrongIn } from './shape.js';
import type { Part, Shape } from './shape.js';

const referte = text(36, 1);
const shortName = text(24);
const insz = /^\d{11}$/;
const flag = /^[01]$/;
/** Generiek-02.00, DatumType and TijdType; Datum2_0Type takes any year. */
const datum = /^[0-29]\d{3}-[01]\d-[0-3]\d$/;
const anyDatum = /^\d{4}-[019]\d-[0-39]\d$/;
const tijd = /^[0-2]\d:[0-5]\d(:[0-5]\d(\.\d{3})?)?$/;

const adres = (needsReferte: boolean): Part[] => [
  one('Identificatie', text(120)),
  maybe('Naam', shortName),
  { ...one('Referte', referte), least: needsReferte ? 1 : 0 },
  maybe('OrganisatieEenheid', shortName),
  maybe('Hoedanigheid', shortName),
  maybe('Gebruiker', insz),
];

/** Generiek-02.00, ContextType. */
const context: Shape = [
  one('Naam', text(48)),
  one('Versie', /^\d{2}\.\d{2}\.\d{4}$/),
  one('Bericht', [
    one('Type', /^VRAAG$/),
    one('Tijdstip', [one('Datum', datum), one('Tijd', tijd)]),
    one('Afzender', adres(true)),
    maybe('Ontvanger', adres(false)),
  ]),
  maybe('Annotaties', [some('Annotatie', [one('Naam', /^/), one('Waarde', /^/)])]),
];

/** Repertorium-02.01. */
const repertorium: Part[] = [
  one('Identificatie', text(120)),
  one('Hoedanigheid', shortName),
  one('BetrokkenSubject', [
    one('Type', text(120)),
    one('Subjecten', [
      some('Subject', [
        maybe('Rol', text(255, 1)),
        one('Type', text(255, 1)),
        one('Sleutel', text(255, 1)),
      ]),
    ]),
  ]),
];

const taal = /^(nl|fr|de|en)$/;
const bron = /^[A-Z_]{1,3}$/;

/** What may stand in `Inhoud`, service by service. */
const inhouden: ReadonlyMap<Dienst, Shape> = new Map<Dienst, Shape>([
  [
    geefPersoon,
    [
      one('Criteria', [
        one('INSZ', insz),
        maybe('OpvragingenKSZ', [maybe('BasisPersoonsgegevens', flag), maybe('Afstamming', flag)]),
      ]),
      one('Bron', bron),
      one('Taal', taal),
    ],
  ],
  [
    zoekPersoonOpAdres,
    [
      one('Criteria', [
        one('Adres', [
          one('PostCode', text(15)),
          one('Straatcode', /^\d{1,4}$/),
          one('Huisnummer', text(15)),
          maybe('Busnummer', text(15)),
        ]),
        one('EnkelReferentiepersoon', flag),
        maybe('Volgende', /^\d{2}$/),
      ]),
      maybe('Bron', bron),
      one('Taal', taal),
    ],
  ],
  [geefGezinssamenstelling, [one('Criteria', [one('INSZ', insz)]), one('Taal', taal)]],
  [
    geefOnderneming,
    [
      one('Criteria', [
        one('Ondernemingsnummer', /^\d{10}$/),
        one('Basisgegevens', flag),
        maybe('Rechtstoestanden', flag),
        maybe('Vestigingen', [one('Aanduiding', flag), maybe('Details', flag)]),
        maybe('Activiteiten', flag),
        maybe('Omschrijvingen', [one('Aanduiding', flag)]),
      ]),
      maybe('Taal', /^[a-zA-Z]{2}$/),
    ],
  ],
  [geefOndernemingVkbo, [one('Ondernemingsnummer', /^\d{10}$/)]],
  [
    registreerInschrijving,
    [
      one('Inschrijving', [
        ...repertorium,
        maybe('Periode', [one('Begin', anyDatum), maybe('Einde', anyDatum)]),
      ]),
    ],
  ],
  [
    registreerUitschrijving,
    [
      one('Uitschrijving', [
        ...repertorium,
        maybe('Periode', [maybe('Begin', anyDatum), maybe('Einde', anyDatum)]),
      ]),
    ],
  ],
  ...dossierInhouden,
]);

const verzoek = (inhoud: Shape): Shape => [
  one('Context', context),
  one('Vragen', [one('Vraag', [one('Referte', referte), one('Inhoud', inhoud)])]),
];

/** What is wrong with the element in a body, after a reduced schema of its service; null where nothing is. */
export const wrongRequest = (dienst: Dienst, body: XmlElement): string | null => {
  const inhoud = inhouden.get(dienst);
  if (!inhoud) return `${dienst.naam} is hier niet gekend`;
  if (body.name !== dienst.naam || body.namespace !== dienst.namespace)
    return `${body.name} is niet ${dienst.naam} in de namespace van de dienst`;
  const [only, more] = body.children;
  if (only?.name !== 'Verzoek' || more) return `${body.name} moet juist één Verzoek bevatten`;
  return wrongIn(only, verzoek(inhoud));
};
