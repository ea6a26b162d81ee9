import { envelopeOf } from './audit-records.js';
import { melding } from './configured.js';
import { watchedEnvelope } from './watch-story.js';

/** One thing of aalter that somebody tries to get at, and how it ends. */
export interface Attempt {
  readonly path: string;
  readonly body: object;
  /** For who has every right, in beringen alone; 404 where it is left out. */
  readonly elsewhere?: number;
  /** For a reader of all tenants; 403 where it is left out. */
  readonly reader?: number;
  /** For who has every right everywhere: shows that the attempt is a real one. */
  readonly everywhere: number;
}

/** Why they say that they do it. */
export const reason = 'Vraag 2026-114 van de gemeente';
const message = watchedEnvelope.id;
const declaration = {
  tenant: 'aalter',
  name: 'Gemeente Elders',
  bestuurseenheid: 'http://data.lblod.info/id/bestuurseenheden/aalter',
  kbo: '0207433216',
};
const readings = `/admin/v1/messages/aalter/${message}/readings`;
const mine = '/admin/v1/tenants/beringen';
const hers = '/admin/v1/tenants/aalter';
const span = { from: '2026-01-01T00:00:00Z', to: '2027-01-01T00:00:00Z' };
/** An order to try a selection again. */
export const replay = (selection: object): object => ({ act: 'replay', selection, reason });
/** Beside the tenant's own: the name in the address is not all that is looked at. */
const disguised = { ...declaration, tenant: 'beringen' };

type Attempts = Readonly<Record<string, readonly Attempt[]>>;

const reading: Attempts = {
  'POST /admin/v1/messages/searches': [
    {
      path: '/admin/v1/messages/searches',
      body: { tenant: 'aalter' },
      reader: 200,
      everywhere: 200,
    },
  ],
  'POST /admin/v1/messages/:tenant/:id/readings': [
    { path: readings, body: { reason }, everywhere: 200 },
    { path: readings, body: { reason, tenant: 'beringen' }, everywhere: 400 },
  ],
  'POST /admin/v1/messages/:tenant/:id/readings/fields': [
    { path: `${readings}/fields`, body: { reason, pointers: ['/data/titel'] }, everywhere: 200 },
  ],
  'POST /admin/v1/acts/searches': [
    { path: '/admin/v1/acts/searches', body: { tenant: 'aalter' }, everywhere: 200 },
  ],
  'POST /admin/v1/acts/exports': [
    { path: '/admin/v1/acts/exports', body: { tenant: 'aalter' }, everywhere: 200 },
  ],
  'POST /admin/v1/consultations/readings': [
    {
      path: '/admin/v1/consultations/readings',
      body: { tenant: 'aalter', ...span, reason },
      everywhere: 200,
    },
  ],
};

const steering = (order: string): Attempts => ({
  'POST /admin/v1/edits': [
    {
      path: '/admin/v1/edits',
      body: { tenant: 'aalter', target: 'topdesk', message, reason, patch: { titel: 'Anders' } },
      everywhere: 428,
    },
  ],
  'POST /admin/v1/checks/:tenant/:target': [
    { path: '/admin/v1/checks/aalter/onbekend', body: {}, everywhere: 404 },
    { path: '/admin/v1/checks/aalter/onbekend?tenant=beringen', body: {}, everywhere: 404 },
  ],
  'POST /admin/v1/holds/:tenant/:target': [
    { path: '/admin/v1/holds/aalter/topdesk', body: { reason }, everywhere: 204 },
  ],
  'DELETE /admin/v1/holds/:tenant/:target': [
    { path: '/admin/v1/holds/aalter/meldpunt', body: { reason }, everywhere: 204 },
  ],
  'POST /admin/v1/orders/:id/:verb': [
    { path: `/admin/v1/orders/${order}/start`, body: { reason }, everywhere: 200 },
    { path: `/admin/v1/orders/${order}/pause`, body: { reason }, everywhere: 200 },
    { path: `/admin/v1/orders/${order}/resume`, body: { reason }, everywhere: 200 },
    { path: `/admin/v1/orders/${order}/cancel`, body: { reason }, everywhere: 200 },
  ],
  'POST /admin/v1/orders': [
    { path: '/admin/v1/orders', body: replay({ tenant: 'aalter' }), everywhere: 201 },
    { path: '/admin/v1/orders', body: replay({ messages: [envelopeOf(1).id] }), everywhere: 201 },
    { path: '/admin/v1/orders', body: replay({ target: 'topdesk' }), everywhere: 201 },
  ],
});

const configuring = (key: string): Attempts => ({
  'POST /admin/v1/tenants/:tenant/credentials/:credential/keys': [
    { path: `${hers}/credentials/meldpunt/keys`, body: { reason }, everywhere: 201 },
    { path: `${mine}/credentials/meldpunt/keys`, body: { reason }, everywhere: 404 },
  ],
  'DELETE /admin/v1/tenants/:tenant/credentials/:credential/keys/:key': [
    { path: `${hers}/credentials/meldpunt/keys/${key}`, body: { reason }, everywhere: 204 },
  ],
  'POST /admin/v1/tenants/:tenant/routes/try': [
    { path: `${hers}/routes/try`, body: { message: melding }, everywhere: 200 },
    { path: `${mine}/routes/try`, body: { stored: message }, everywhere: 404 },
  ],
  'POST /admin/v1/tenants/:tenant/test-messages': [
    { path: `${hers}/test-messages`, body: { key: 'lb_aalter_none' }, everywhere: 404 },
  ],
  'POST /admin/v1/tenants/:tenant/declaration/plans': [
    { path: `${hers}/declaration/plans`, body: { declaration, version: 0 }, everywhere: 412 },
    {
      path: `${mine}/declaration/plans`,
      body: { declaration, version: 0 },
      elsewhere: 400,
      everywhere: 400,
    },
  ],
  'PUT /admin/v1/tenants/:tenant/declaration': [
    { path: `${hers}/declaration`, body: { declaration, version: 0, reason }, everywhere: 412 },
    {
      path: `${hers}/declaration`,
      body: { declaration: disguised, version: 0, reason },
      everywhere: 400,
    },
  ],
  'POST /admin/v1/tenants': [
    { path: '/admin/v1/tenants', body: { declaration, reason }, elsewhere: 403, everywhere: 409 },
  ],
});

/** What is there of aalter to be got at. */
interface Known {
  /** A planned order. */
  readonly order: string;
  /** A key of its application. */
  readonly key: string;
}

/** What is tried at each route that changes something or asks in a body, the least harmful first. */
export const attemptsAt = ({ order, key }: Known): Attempts => ({
  ...reading,
  ...steering(order),
  ...configuring(key),
});
