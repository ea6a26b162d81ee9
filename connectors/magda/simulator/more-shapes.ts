import {
  geefMutatiesNotificaties,
  geefPersoonMutatiesNotificaties,
  geefResultaatRegistratie,
  registreerDossier,
} from '../diensten.js';
import type { Dienst } from '../diensten.js';
import { maybe, one, some, text } from './shape.js';
import type { Shape } from './shape.js';

const flag = /^[01]$/;
/** Tekst2_0Type. */
const line = text(255, 1);
/** xs:dateTime. */
const moment = /^\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]\d{2}:\d{2})?$/;
/** xs:anyURI, without what no URI may hold. */
const uri = /^[^\s<>"{}|\\^`]+$/u;
/** xs:short: what is more than four digits is looked at when it is a number. */
const short = /^\d{1,4}$|^[12]\d{4}$|^3[01]\d{3}$|^32[0-6]\d{2}$|^327[0-5]\d$|^3276[0-7]$/;

const identificatie = one('Identificatie', [one('Bron', uri), one('Dossiernummer', line)]);

/** Dossier-02.00, DossierStatusType. */
const status: Shape = [
  maybe('Code', line),
  maybe('Fase', line),
  maybe('EDRL', line),
  maybe('Details', [{ ...some('Detail', line), most: 2 }]),
  maybe('DatumModificatie', moment),
  maybe('Actie', [one('ActieNodig', flag), maybe('Omschrijving', line)]),
  maybe('StreefDatum', moment),
];

/** Dossier-02.00, DossierType, as far as it is used. */
const dossier: Shape = [
  identificatie,
  one('Naam', line),
  maybe('DatumModificatie', moment),
  maybe('StreefDatum', moment),
  maybe('Status', status),
  one('Type', line),
  maybe('Producten', [some('Product', short)]),
  maybe('ExtraInformatie', line),
  maybe('Doorverwijzing', uri),
  one('Subjecten', [
    some('Subject', [maybe('Rol', line), one('Type', line), one('Sleutel', line)]),
  ]),
];

const wachtrij: Shape = [
  one('Identificatie', text(120)),
  one('Hoedanigheid', text(24)),
  maybe('Ontvangstreferte', text(36, 1)),
];

/** What may stand in `Inhoud` of the queues and of DOSIS. */
export const dossierInhouden: readonly (readonly [Dienst, Shape])[] = [
  [geefPersoonMutatiesNotificaties, wachtrij],
  [geefMutatiesNotificaties, wachtrij],
  [registreerDossier, [one('Dossier', dossier)]],
  [geefResultaatRegistratie, [identificatie]],
];
