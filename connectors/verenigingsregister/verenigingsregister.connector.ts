import { defineConnector } from '#kit/definition.js';
import { operation } from '#kit/operation.js';
import { verenigingOpgevraagd, verenigingOpvragen } from '#oslo/vereniging/types.js';
import { askRegister, check, connect } from './client.js';
import { errors } from './errors.js';
import { fromRegister, toQuestion } from './mapping.js';
import { settings } from './settings.js';
import { simulator } from './simulator.js';

export const verenigingsregister = defineConnector({
  id: 'verenigingsregister',
  title: 'Verenigingsregister',
  summary: 'Tells what the Verenigingsregister of Digitaal Vlaanderen knows of an association.',
  docs: 'https://beheer.verenigingen.vlaanderen.be/docs/api-documentation.html',
  interface: { protocol: 'REST', carries: 'JSON behind MAGDA, tokens of ACM/IDM' },
  settings,
  errors,
  connect,
  check,
  operations: {
    lookUpAssociation: operation({
      summary:
        'Looks an association up by its vCode: names, numbers, type, activities, status, contact and addresses; never its representatives.',
      accepts: verenigingOpvragen,
      answers: verenigingOpgevraagd,
      redelivery: 'idempotent',
      map: toQuestion,
      send: askRegister,
      register: {
        service: 'Verenigingsregister-v1',
        entry: ({ vCode }, { settings: { capacity }, messageId }) => ({
          reference: messageId,
          capacity: capacity ?? null,
          about: [vCode],
        }),
      },
      answer: fromRegister,
    }),
  },
  simulator,
});
