import { defineConnector, operation, source } from '#kit/definition.js';
import { dossierStatusGewijzigd } from '#oslo/dossier/types.js';
import { organisatieOpgevraagd, organisatieOpvragen } from '#oslo/organisatie/types.js';
import { persoonGewijzigd, persoonOpgevraagd, persoonOpvragen } from '#oslo/persoon/types.js';
import { check } from './check.js';
import { connect } from './client.js';
import { registerDossier } from './dosis.js';
import { toRegistreerDossier } from './dossier.js';
import { errors } from './errors.js';
import { fromMutatie, gelezen, inszIn, mutatiesEntry, readMutaties } from './mutaties.js';
import { askOnderneming, fromOnderneming, toGeefOnderneming } from './onderneming.js';
import { askPersoon, fromPersoon, toGeefPersoon } from './persoon.js';
import { settings } from './settings.js';
import { simulator } from './simulator.js';
import type { MagdaSettings } from './settings.js';

export const magda = defineConnector({
  id: 'magda',
  title: 'MAGDA',
  summary: 'Asks the authentic sources behind MAGDA who a person or an organisation is.',
  docs: 'https://vlaamseoverheid.atlassian.net/wiki/spaces/MG',
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
      answer: fromPersoon,
    }),
    lookUpOrganisation: operation({
      summary:
        'Looks an organisation up by enterprise number, in the KBO or the enriched one (VKBO).',
      accepts: organisatieOpvragen,
      answers: organisatieOpgevraagd,
      redelivery: 'idempotent',
      map: toGeefOnderneming,
      send: askOnderneming,
      answer: fromOnderneming,
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
