import { expect, it } from '@jest/globals';
import { typesOf, volumeOf } from './drawing.js';
import { senderOf } from './senders.js';
import { tenantMap, type Definitions, type TenantTraffic } from './tenant-map.js';

const ingediend = 'be.lbbus.melding.ingediend.v1';
const gewijzigd = 'be.lbbus.melding.status-gewijzigd.v1';

it.each([
  ['the application that declares the source', 'urn:lb:aalter:site', 'application', 'website'],
  ['a system, by the name that the bus gave it', 'urn:lb:aalter:topdesk', 'system', 'topdesk'],
  ['an application rather than a system of its name', 'urn:lb:aalter:desk', 'application', 'desk'],
  ['nobody who is declared', 'urn:lb:aalter:burgerprofiel', 'unknown', 'burgerprofiel'],
  ['nobody of this tenant', 'urn:other', 'unknown', 'urn:other'],
])('behind a source is %s', (_, source, kind, name) => {
  const applications = [
    { name: 'website', sources: ['urn:lb:aalter:site'] },
    { name: 'desk', sources: ['urn:lb:aalter:desk'] },
  ];
  const systems = new Map([
    ['topdesk', null],
    ['desk', null],
  ]);
  expect(senderOf('aalter', source, { applications, systems })).toEqual({ kind, name });
});

it('counts a type once, and one that was declared and never seen as none', () => {
  const types = typesOf(
    [
      { type: 'a', day: 1, month: 5 },
      { type: 'b', day: 4, month: 40 },
      { type: 'a', day: 2, month: 6 },
    ],
    ['c', 'a'],
  );
  expect(types).toEqual([
    { type: 'b', day: 4, month: 40 },
    { type: 'a', day: 3, month: 11 },
    { type: 'c', day: 0, month: 0 },
  ]);
  expect(volumeOf(types)).toEqual({ day: 7, month: 51 });
  expect(volumeOf(typesOf([{ type: 'a', day: 1, month: null }], ['b']))).toEqual({
    day: 1,
    month: null,
  });
});

const definitions: Definitions = new Map([
  ['topdesk', { title: 'TOPdesk', interface: { protocol: 'REST' as const, carries: 'JSON' } }],
  ['overdracht', { title: 'Overdracht', interface: { protocol: 'bus' as const, carries: '' } }],
]);

const lineOf = (target: string, connector: string): TenantTraffic['lines'][number] => ({
  ...{ target, connector, severity: 'fine', since: null, causes: [], p95Seconds: null },
  counts: { delivered: 0, queued: null, waiting: 0, held: 0, parked: 0 },
});

it('draws both ways to a system that tells something back, and what nobody uses yet', () => {
  const instance = (name: string, connector: string) => ({
    ...{ tenant: 'aalter', name, connector, settings: {}, enabled: true },
  });
  const drawing = tenantMap(
    {
      tenant: {
        ...{ id: 'aalter', name: 'Gemeente Aalter', bestuurseenheid: '', kbo: '' },
        ...{ verwerkingen: [], rate: { perSecond: 1, burst: 1 }, allowedHosts: [] },
        ...{ burgerprofiel: null, bodyKeys: [{ id: 'k', bytes: Buffer.alloc(32) }] },
        connectors: new Map([
          ['topdesk', instance('topdesk', 'topdesk')],
          ['buur', instance('buur', 'overdracht')],
        ]),
        routes: [{ type: ingediend, filter: null, targets: ['topdesk', 'buur'] }],
      },
      applications: [
        { tenant: 'aalter', name: 'site', sources: ['urn:s'], types: ['*'], postvakken: [] },
      ],
      inbound: [
        { tenant: 'aalter', source: 'urn:lb:aalter:topdesk', type: gewijzigd, day: 2, month: 9 },
        { tenant: 'aalter', source: 'urn:nobody', type: ingediend, day: 1, month: 1 },
      ],
      outbound: [
        { place: 'topdesk', type: ingediend, day: 3, month: 30, p50Ms: 400, p95Ms: 900 },
        { place: 'topdesk', type: null, day: 3, month: 30, p50Ms: 400, p95Ms: 900 },
      ],
      lines: [lineOf('buur', 'overdracht'), lineOf('topdesk', 'topdesk')],
    },
    definitions,
    new Date(0),
  );
  expect(drawing.nodes.map(({ id, kind }) => [id, kind])).toEqual([
    ['sender:site', 'application'],
    ['sender:urn:nobody', 'application'],
    ['bus', 'bus'],
    ['system:buur', 'neighbour'],
    ['system:topdesk', 'system'],
  ]);
  expect(drawing.flows).toMatchObject([
    { id: 'sender:site>bus', day: 0, types: [] },
    { id: 'system:topdesk>bus', protocol: 'REST', day: 2, month: 9 },
    { id: 'sender:urn:nobody>bus', day: 1 },
    { id: 'bus>system:buur', protocol: 'bus', types: [{ type: ingediend, day: 0 }] },
    { id: 'bus>system:topdesk', day: 3, month: 30, p50Seconds: 0.4, p95Seconds: 0.9 },
  ]);
});
