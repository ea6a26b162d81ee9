import { defineConnector } from '#kit/definition.js';
import { operation } from '#kit/operation.js';
import { dossierStatusGewijzigd } from '#oslo/dossier/types.js';
import { meldingIngediend, meldingStatusGewijzigd } from '#oslo/melding/types.js';
import { persoonGewijzigd } from '#oslo/persoon/types.js';
import { connect } from './client.js';
import type { Burgerprofiel } from './client.js';
import { checkSource } from './dosis.js';
import { errors } from './errors.js';
import { fromDossier, fromMelding, fromStatus } from './mapping.js';
import { checkToken } from './notifying.js';
import { follow, fromPersoon } from './number.js';
import { keptOf, push, referenceOf, remarkOf } from './sending.js';
import { settings } from './settings.js';
import { simulator } from './simulator.js';

const check = async (
  { dosis, notificaties }: Burgerprofiel,
  context: { readonly signal: AbortSignal },
): Promise<void> => {
  if (dosis) await checkSource(dosis, context);
  if (notificaties) await checkToken(notificaties, context);
};

export const mijnBurgerprofiel = defineConnector({
  id: 'mijn-burgerprofiel',
  title: 'Mijn Burgerprofiel',
  summary:
    'Shows citizens, enterprises and associations how far their dossiers and meldingen are (DOSIS), and notifies them (Notificaties).',
  docs: 'https://vlaamseoverheid.atlassian.net/wiki/spaces/IKPubliek/pages/2680357975/API-calls+DOSIS',
  interface: { protocol: 'REST', carries: 'JSON, DOSIS and Notificaties, tokens of ACM/IDM' },
  settings,
  errors,
  connect,
  check,
  operations: {
    reportDossier: operation({
      summary: 'Pushes the new status of a dossier.',
      accepts: dossierStatusGewijzigd,
      redelivery: 'idempotent',
      map: fromDossier,
      send: push,
      refer: referenceOf,
      remark: remarkOf,
    }),
    registerMelding: operation({
      summary:
        'Pushes a new melding as a dossier of whoever submitted it, and keeps, sealed, whose it is.',
      accepts: meldingIngediend,
      redelivery: 'idempotent',
      map: fromMelding,
      send: push,
      refer: referenceOf,
      keep: keptOf,
      remark: remarkOf,
    }),
    reportStatus: operation({
      summary:
        'Pushes the new status of a melding to whoever submitted it, or removes its dossier.',
      accepts: meldingStatusGewijzigd,
      redelivery: 'idempotent',
      map: fromStatus,
      send: push,
      refer: referenceOf,
      remark: remarkOf,
    }),
    followPerson: operation({
      summary:
        'Remembers, sealed, the new number of a person whose number was replaced: what comes later goes to that.',
      accepts: persoonGewijzigd,
      redelivery: 'idempotent',
      asksNobody: true,
      map: fromPersoon,
      send: follow,
      remark: (followed) => (followed ? null : 'The person has the number that he had'),
    }),
  },
  simulator,
});
