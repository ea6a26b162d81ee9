import { defineConnector, operation } from '#kit/definition.js';
import { organisatieOpgevraagd, organisatieOpvragen } from '#oslo/organisatie/types.js';
import { persoonOpgevraagd, persoonOpvragen } from '#oslo/persoon/types.js';
import { check } from './check.js';
import { connect } from './client.js';
import { errors } from './errors.js';
import { askOnderneming, fromOnderneming, toGeefOnderneming } from './onderneming.js';
import { askPersoon, fromPersoon, toGeefPersoon } from './persoon.js';
import { settings } from './settings.js';

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
  },
  simulator: null,
});
