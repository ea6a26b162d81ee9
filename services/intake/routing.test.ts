import { aalterTenant, meldingEvent, meldingIngediend, routeOf } from '#infra/testing/melding.js';
import { messageType } from '#oslo/message-types.js';
import { expect, it } from '@jest/globals';
import { route } from './routing.js';

const typeOfKind = (kind: 'command' | 'question') => ({
  ...messageType(meldingIngediend),
  kind,
  mustArrive: false,
});

it.each(['command', 'question'] as const)(
  'sends a %s to the one target of its first route that lets it through',
  (kind) => {
    const tenant = aalterTenant({
      routes: [
        routeOf({ filter: { exact: { id: 'another' } }, targets: ['a'] }),
        routeOf({ targets: ['b'] }),
        routeOf({ targets: ['c'] }),
      ],
    });
    expect(route(meldingEvent(), typeOfKind(kind), tenant, null)).toEqual(['b']);
    expect(route(meldingEvent(), typeOfKind(kind), tenant, 'b')).toEqual(['c']);
  },
);

it.each(['command', 'question'] as const)('refuses a %s that nobody takes', (kind) => {
  const tenant = aalterTenant({ routes: [] });
  expect(() => route(meldingEvent(), typeOfKind(kind), tenant, null)).toThrow(
    expect.objectContaining({ status: 422, code: 'no-route' }),
  );
});

it('keeps sending to a connector that is switched off: its queue holds the messages', () => {
  const off = {
    tenant: 'aalter',
    name: 'topdesk',
    connector: 'topdesk',
    settings: {},
    enabled: false,
  };
  const tenant = aalterTenant({ connectors: new Map([['topdesk', off]]), routes: [routeOf()] });
  expect(route(meldingEvent(), messageType(meldingIngediend), tenant, null)).toEqual(['topdesk']);
  // Nobody waits that long for an answer.
  expect(() => route(meldingEvent(), typeOfKind('question'), tenant, null)).toThrow(
    expect.objectContaining({ code: 'no-route' }),
  );
});
