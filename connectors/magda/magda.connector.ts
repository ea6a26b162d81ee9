import { defineConnector } from '#kit/definition.js';
import { operation } from '#kit/operation.js';
import { source } from '#kit/source.js';
import { dossierStatusGewijzigd } from '#oslo/dossier/types.js';
import { gezinOpgevraagd, gezinOpvragen } from '#oslo/gezin/types.js';
import { organisatieOpgevraagd, organisatieOpvragen } from '#oslo/organisatie/types.js';
import { personenGevonden, personenZoeken } from '#oslo/personen/types.js';
import {
  persoonGewijzigd,
  persoonOpgevraagd,
  persoonOpvragen,
  persoonUitschrijven,
} from '#oslo/persoon/types.js';
import { check } from './check.js';
import { connect } from './client.js';
import { registerDossier } from './dosis.js';
import { toRegistreerDossier } from './dossier.js';
import { errors } from './errors.js';
import { askGezin, fromGezin, toGeefGezin } from './gezin.js';
import { fromMutatie, gelezen, inszIn, mutatiesEntry, readMutaties } from './mutaties.js';
import { geefPersoon, geefGezinssamenstelling, zoekPersoonOpAdres } from './diensten.js';
import {
  askOnderneming,
  fromOnderneming,
  ondernemingDienst,
  toGeefOnderneming,
} from './onderneming.js';
import { askPersoon, fromPersoon, toGeefPersoon } from './persoon.js';
import { registered } from './register.js';
import { toUitschrijving, uitschrijven } from './inschrijving.js';
import type { PersonQuestion } from './inschrijving.js';
import type { Persoon } from './persoon.js';
import { settings } from './settings.js';
import { askPersonen, fromPersonen, numbersOf, toZoekPersoonOpAdres } from './zoeken.js';
import { simulator } from './simulator.js';
import type { MagdaSettings } from './settings.js';

export const magda = defineConnector({
  id: 'magda',
  title: 'MAGDA',
  summary: 'Asks the authentic sources behind MAGDA who a person or an organisation is.',
  docs: 'https://vlaamseoverheid.atlassian.net/wiki/spaces/MG',
  interface: { protocol: 'SOAP', carries: 'XML signed with WS-Security, over mutual TLS' },
  settings,
  errors,
  connect,
  check,
  operations: {
    lookUpPerson: operation({
      summary:
        'Looks a person up by national number; inscribes the person first where MAGDA demands it.',
      accepts: persoonOpvragen,
      answers: persoonOpgevraagd,
      redelivery: 'idempotent',
      map: toGeefPersoon,
      send: askPersoon,
      register: registered(
        () => geefPersoon,
        ({ insz }: PersonQuestion) => [insz],
        ({ insz }: Persoon) => [insz],
      ),
      renamed: ({ renamed }) => renamed ?? null,
      answer: fromPersoon,
    }),
    searchPersonsByAddress: operation({
      summary: 'Tells who lives at an address, by the street code of the national register.',
      accepts: personenZoeken,
      answers: personenGevonden,
      redelivery: 'idempotent',
      map: toZoekPersoonOpAdres,
      send: askPersonen,
      register: registered(
        () => zoekPersoonOpAdres,
        () => [],
        numbersOf,
      ),
      answer: fromPersonen,
    }),
    lookUpFamily: operation({
      summary:
        'Tells with whom a person forms a family; inscribes the person first where MAGDA demands it.',
      accepts: gezinOpvragen,
      answers: gezinOpgevraagd,
      redelivery: 'idempotent',
      map: toGeefGezin,
      send: askGezin,
      register: registered(
        () => geefGezinssamenstelling,
        ({ insz }: PersonQuestion) => [insz],
        numbersOf,
      ),
      answer: fromGezin,
    }),
    lookUpOrganisation: operation({
      summary:
        'Looks an organisation up by enterprise number, in the KBO or the enriched one (VKBO).',
      accepts: organisatieOpvragen,
      answers: organisatieOpgevraagd,
      redelivery: 'idempotent',
      map: toGeefOnderneming,
      send: askOnderneming,
      register: registered(ondernemingDienst, ({ ondernemingsnummer }) => [ondernemingsnummer]),
      answer: fromOnderneming,
    }),
    endInscription: operation({
      summary: 'Ends the inscriptions of a person: the tenant does not follow him any more.',
      accepts: persoonUitschrijven,
      redelivery: 'idempotent',
      map: toUitschrijving,
      send: uitschrijven,
    }),
    registerDossier: operation({
      summary: 'Registers a file with its status in DOSIS, and follows what comes of it there.',
      accepts: dossierStatusGewijzigd,
      redelivery: 'idempotent',
      map: toRegistreerDossier,
      send: registerDossier,
      refer: (_result, { identificatie }) => ({ externalId: identificatie.dossiernummer }),
    }),
  },
  sources: {
    personChanged: source({
      summary: 'Tells that a register changed something of a person who is inscribed.',
      emits: persoonGewijzigd,
      poll: {
        everySeconds: ({ mutatiesMinuten }: MagdaSettings) => mutatiesMinuten * 60,
        acknowledges: true,
        read: readMutaties,
        register: { entry: mutatiesEntry, found: inszIn },
      },
      externalId: (item) => gelezen(item).persoon,
      formerId: (item) => gelezen(item).vroeger,
      map: fromMutatie,
    }),
  },
  simulator,
});
