import { basic } from '#kit/auth.js';
import { defineConnector } from '#kit/definition.js';
import { operation } from '#kit/operation.js';
import { meldingAangevuld, meldingIngediend, meldingStatusGewijzigd } from '#oslo/melding/types.js';
import { check } from './check.js';
import { incidentChanged } from './incident-changed.js';
import { linkOf } from './link.js';
import { fromIncident, toIncident } from './mapping.js';
import { additionToProgress, statusToProgress } from './progress.js';
import { progressAdded } from './progress-added.js';
import { propose } from './proposing.js';
import {
  addProgress,
  createIncident,
  referToProgressed,
  referToRegistered,
  remarkOnProgressed,
} from './sending.js';
import { settings } from './settings.js';
import { simulator } from './simulator.js';

export const topdesk = defineConnector({
  id: 'topdesk',
  title: 'TOPdesk',
  summary: 'Registers meldingen as incidents and reports their progress back.',
  docs: 'https://developers.topdesk.com',
  interface: { protocol: 'REST', carries: 'JSON, with an application password' },
  settings,
  connect: (settings, { http }) => ({
    settings,
    http: http({
      baseUrl: settings.baseUrl,
      auth: basic(settings.username, settings.password),
    }),
  }),
  check,
  linkOf,
  propose,
  operations: {
    createIncident: operation({
      summary: 'Registers a melding as an incident, with its attachments.',
      accepts: meldingIngediend,
      answers: meldingStatusGewijzigd,
      redelivery: 'by-reference',
      map: toIncident,
      send: createIncident,
      refer: referToRegistered,
      answer: fromIncident,
    }),
    reportStatus: operation({
      summary:
        'Adds the new status of a melding to its incident, and ends, escalates or reopens it where the settings say so.',
      accepts: meldingStatusGewijzigd,
      redelivery: 'by-reference',
      map: statusToProgress,
      send: addProgress,
      refer: referToProgressed,
      remark: remarkOnProgressed,
    }),
    addInformation: operation({
      summary: 'Adds text and attachments that came later to the incident.',
      accepts: meldingAangevuld,
      redelivery: 'by-reference',
      map: additionToProgress,
      send: addProgress,
      refer: referToProgressed,
      remark: remarkOnProgressed,
    }),
  },
  sources: { incidentChanged, progressAdded },
  simulator,
});
