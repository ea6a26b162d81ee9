import { acmIdmTokenPath, giveAcmIdmToken, scopesOfToken } from '#kit/simulator-acm-idm.js';
import { defineSimulator } from '#kit/simulator.js';
import type { SimulatedAnswer, SimulatedRequest } from '#kit/simulator.js';
import type { Json } from '#kit/message.js';
import { dosis, dossiersIn, refusal } from './simulator/dosis.js';
import { drivers } from './simulator/drivers.js';
import { notificaties } from './simulator/notificaties.js';
import { openOffice, scopes, settingsFor } from './simulator/office.js';
import type { Office } from './simulator/office.js';

type System = (office: Office, request: SimulatedRequest) => SimulatedAnswer;

const systems: readonly { prefix: string; scope: string; answer: System }[] = [
  { prefix: '/dosis', scope: scopes.dosis, answer: dosis },
  { prefix: '/notificaties', scope: scopes.notificaties, answer: notificaties },
];

const loginPage: SimulatedAnswer = {
  status: 200,
  headers: { 'content-type': 'text/html' },
  body: '<!DOCTYPE html><html><body><form action="/login"></form></body></html>',
};

/** DOSIS, Notificaties and the part of ACM/IDM that gives their tokens, as one local government finds them. */
export const simulator = defineSimulator<Office>({
  title: 'Mijn Burgerprofiel',
  source:
    'DOSIS API v1 and Notificaties v2 as Digitaal Vlaanderen describes them for those who connect, field names and UploadId after the dosis-connector of VLAIO, status codes after the test data of GeefDossiers-02.00; that an older WijzigingsDatum changes nothing, 403 for the source of another and 409 for a repeated bundle are assumed',
  tokenPath: acmIdmTokenPath,
  open: openOffice,
  settings: settingsFor,
  handle: (request, office) => {
    if (request.path === acmIdmTokenPath) return giveAcmIdmToken(office.acm, request);
    const system = systems.find(({ prefix }) => request.path.startsWith(`${prefix}/`));
    if (!system) return { status: 404 };
    const granted = scopesOfToken(office.acm, request);
    if (!granted) return refusal(401, 'TOKEN', 'Het token ontbreekt of leeft niet meer');
    if (!granted.includes(system.scope)) return refusal(403, 'SCOPE', 'Het token geldt hier niet');
    if (office.flaws.has('login-pages')) return loginPage;
    const path = request.path.slice(system.prefix.length);
    return system.answer(office, { ...request, path });
  },
  effects: ({ effects }) => effects,
  inspect: (office) => ({
    dossiers: dossiersIn(office),
    notifications: [...office.notifications.values()] as Json,
  }),
  // Dossiers are shown as text.
  rendered: () => [],
  drivers,
});
