import { defineConnector } from '#kit/definition.js';
import { operation } from '#kit/operation.js';
import { meldingAangevuld, meldingIngediend, meldingStatusGewijzigd } from '#oslo/melding/types.js';
import { check } from './check.js';
import { connect } from './client.js';
import { errors } from './errors.js';
import { incidentChanged } from './incident-changed.js';
import { linkOf } from './link.js';
import { fromIncident, toIncident } from './mapping.js';
import { noteAdded } from './note-added.js';
import { additionToProgress, statusToProgress } from './progress.js';
import { addProgress, createIncident, referToProgressed, referToRegistered } from './sending.js';
import { settings } from './settings.js';
import { simulator } from './simulator.js';

export const dynamics365 = defineConnector({
  id: 'dynamics365',
  title: 'Dynamics 365',
  summary: 'Registers meldingen as incidents of Dataverse and reports their progress back.',
  docs: 'https://learn.microsoft.com/power-apps/developer/data-platform/webapi/overview',
  interface: {
    protocol: 'OData',
    carries: 'JSON, Dataverse Web API 9.2, tokens of Microsoft Entra',
  },
  settings,
  errors,
  failures: { 412: ['retry', 'locked'] },
  connect,
  check,
  linkOf,
  operations: {
    createIncident: operation({
      summary:
        'Registers a melding as an incident, with its melder as contact or account and its attachments as notes.',
      accepts: meldingIngediend,
      answers: meldingStatusGewijzigd,
      redelivery: 'by-reference',
      map: toIncident,
      send: createIncident,
      refer: referToRegistered,
      answer: fromIncident,
    }),
    reportStatus: operation({
      summary: 'Adds the new status of a melding to its incident, as a note and as status reason.',
      accepts: meldingStatusGewijzigd,
      redelivery: 'by-reference',
      map: statusToProgress,
      send: addProgress,
      refer: referToProgressed,
    }),
    addInformation: operation({
      summary: 'Adds text and attachments that came later to the incident, as notes.',
      accepts: meldingAangevuld,
      redelivery: 'by-reference',
      map: additionToProgress,
      send: addProgress,
      refer: referToProgressed,
    }),
  },
  sources: { incidentChanged, noteAdded },
  simulator,
});
