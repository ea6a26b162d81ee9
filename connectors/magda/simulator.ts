import type { Json } from '#kit/message.js';
import { defineSimulator } from '#kit/simulator.js';
import { answerCall } from './simulator/loket.js';
import { bronOf } from './simulator/dossiers.js';
import { meld } from './simulator/wachtrij.js';
import { identificatieOf, identityOf, inschrijvingKey, openOmgeving } from './simulator/state.js';
import type { Omgeving } from './simulator/state.js';

const numberIn = (input: Json): number => {
  if (typeof input !== 'number') throw new Error('a number is needed');
  return input;
};

const textIn = (input: Json, name: string): string => {
  const value =
    typeof input === 'object' && input !== null && !Array.isArray(input) ? input[name] : undefined;
  if (typeof value !== 'string') throw new Error(`${name} is needed`);
  return value;
};

/** The services of MAGDA for one sender per account, with a register of invented persons and enterprises. */
export const simulator = defineSimulator<Omgeving>({
  title: 'MAGDA',
  source:
    'XSD and WSDL of the services, error codes and INSZ of MAGDA-Mock (Informatievlaanderen/MAGDA-Mock, MAGDA-Mock-v2, association-registry); what `Volgende` counts is assumed',
  open: openOmgeving,
  settings: (baseUrl, account) => ({
    baseUrl,
    environment: 'test',
    identificatie: identificatieOf(account),
    hoedanigheid: '1300',
    hoedanigheden: { 'dienstverlening-sociaal': '1301' },
    mutaties: 'GeefPersoonMutatiesNotificaties',
    dossierBron: bronOf(identificatieOf(account)),
    ...identityOf(account),
  }),
  handle: (request, omgeving) => {
    const { instead } = omgeving;
    if (!instead) return answerCall(omgeving, request);
    omgeving.instead = null;
    return { ...instead, headers: { 'content-type': 'text/xml;charset=UTF-8' } };
  },
  effects: ({ effects }) => effects,
  inspect: ({ inschrijvingen }) => ({ inschrijvingen: inschrijvingen.size }),
  drivers: {
    /** As if inscribed long ago, by the person that is named. */
    inscribe: ({ inschrijvingen }, input) => {
      const key = inschrijvingKey(textIn(input, 'insz'), textIn(input, 'hoedanigheid'));
      inschrijvingen.set(key, '9999-12-31');
      return null;
    },
    /** The national register changes something of a person; `nieuw` gives him another number. */
    changePerson: (omgeving, input) => {
      const said =
        typeof input === 'object' && input !== null && !Array.isArray(input) ? input : {};
      const insz = typeof said['insz'] === 'string' ? said['insz'] : '85640103336';
      const nieuw = typeof said['nieuw'] === 'string' ? said['nieuw'] : undefined;
      meld(omgeving, { insz, nieuw });
      return null;
    },
    /** Takes so many questions a second from now on. */
    limit: (omgeving, input) => {
      omgeving.limit = numberIn(input);
      return null;
    },
    /** So many people in one answer about an address. */
    setPerAnswer: (omgeving, input) => {
      omgeving.perAntwoord = numberIn(input);
      return null;
    },
    /** Answers the next question with this document, whatever it is. */
    answer: (omgeving, input) => {
      omgeving.instead = { status: 200, body: textIn(input, 'document') };
      return null;
    },
  },
});
