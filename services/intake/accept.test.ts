import { busIdOf } from '#bus/envelope.js';
import { gateTime, gateUrl, TestGate } from '#infra/testing/gate.js';
import {
  aalterTenant,
  meldingData,
  meldingEvent,
  meldingIngediend,
  meldingSource,
  meldingSubject,
  meldpuntSender,
  routeOf,
} from '#infra/testing/melding.js';
import { createGatewayMetrics } from '#runtime/metrics.js';
import type { Tenant } from '#tenants/directory.js';
import { examplesOf } from '#oslo/catalogue.js';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';

describe('what enters', () => {
  let gate: TestGate;
  beforeEach(() => {
    gate = new TestGate();
  });

  it('lies in every target queue and then in the audit queue, under the id that a sender may compute', async () => {
    const { id, envelope } = await gate.accept(meldingEvent());
    expect(id).toBe(busIdOf('aalter', meldingSource, '2026-000123'));
    expect(gate.queues).toEqual(['t.aalter.topdesk', 't.aalter.meldpunt', 'audit']);
    const [first, , audit] = gate.published;
    expect(first?.publication.headers).toMatchObject({ 'lb-target': 'topdesk' });
    expect(audit?.publication.headers).toMatchObject({ 'lb-record': 'accepted' });
    expect(JSON.parse(String(audit?.publication.headers['lb-envelope']))).toEqual(envelope);
    expect(first?.publication.properties).toEqual({
      messageId: id,
      type: meldingIngediend,
      contentType: 'application/vnd.lb-bus.sealed',
    });
    expect(envelope).toMatchObject({
      version: 1,
      tenant: 'aalter',
      kind: 'event',
      senderId: '2026-000123',
      acceptedAt: gateTime.toISOString(),
      expiresAt: null,
      targets: ['topdesk', 'meldpunt'],
      verwerking: 'meldingen-openbaar-domein',
      correlationId: null,
      origin: null,
    });
  });

  it('is what was sent, with tenant, bus id, context as address and the next step of the trace', async () => {
    const trace = '0af7651916cd43dd8448eb211c80319c';
    const event = meldingEvent({
      traceparent: `00-${trace}-b7ad6b7169203331-00`,
      tracestate: 'sender=1',
      tenant: 'aalter',
      afdeling: 'wegen',
      correlationid: 'c-1',
    });
    const accepted = await gate.accept(event);
    const { traceparent, correlationId } = accepted.envelope;
    expect(gate.delivered(accepted)).toEqual({
      ...event,
      busid: accepted.id,
      traceparent,
      data: { ...meldingData(), '@context': `${gateUrl}/v1/contexts/melding/v1.jsonld` },
    });
    expect(traceparent).toMatch(new RegExp(`^00-${trace}-(?!b7ad6b7169203331)[0-9a-f]{16}-00$`));
    expect(correlationId).toBe('c-1');
  });

  it('gets the subject as its @id where the sender left that out', async () => {
    const data = meldingData();
    delete data['@id'];
    const delivered = gate.delivered(await gate.accept(meldingEvent({ data })));
    expect(delivered['data']).toMatchObject({ '@id': meldingSubject });
  });

  it('begins a trace of its own where traceparent is malformed, and drops its tracestate', async () => {
    const traceparent = `00-${'0'.repeat(32)}-b7ad6b7169203331-01`;
    const accepted = await gate.accept(meldingEvent({ traceparent, tracestate: 'a=1' }));
    expect(accepted.envelope.traceparent).toMatch(/^00-(?!0{32})[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    expect(gate.delivered(accepted)).not.toHaveProperty('tracestate');
  });

  it.each([[{ a: 1 }], [7], ['x'.repeat(513)]])(
    'drops a tracestate that is none: %j',
    async (tracestate) => {
      const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
      const accepted = await gate.accept(meldingEvent({ traceparent, tracestate }));
      expect(gate.delivered(accepted)).not.toHaveProperty('tracestate');
    },
  );

  it('has the digest of the data as they were sent, whatever the order of their keys', async () => {
    const reversed = Object.fromEntries(Object.entries(meldingData()).reverse());
    const canonical =
      `["${meldingIngediend}","${meldingSubject}",{"@context":"urn:lb-bus:context:melding:v1","@id":"${meldingSubject}",` +
      `"@type":"Melding","behandelaar":{"@id":"http://data.lblod.info/id/bestuurseenheden/aalter"},` +
      `"heeftBody":[{"@type":"MeldingBody","beschrijving":"De put is ongeveer 10 cm diep."}],"indiener":{"@type":"Agent"},` +
      `"meldingstype":[{"@id":"https://data.aalter.example/id/concept/Meldingstype/wegdek"}],"titel":"Put in het fietspad"}]`;
    const digest = createHash('sha256').update(canonical).digest('hex');
    expect((await gate.accept(meldingEvent())).envelope.digest).toBe(digest);
    expect((await gate.accept(meldingEvent({ data: reversed }))).envelope.digest).toBe(digest);
  });

  it('is counted, repeats too', async () => {
    const metrics = createGatewayMetrics({ process: false });
    const counting = new TestGate({ metrics });
    await counting.accept(meldingEvent());
    await counting.accept(meldingEvent());
    const { values } = await metrics.accepted.get();
    expect(values).toEqual([{ value: 2, labels: { tenant: 'aalter', type: meldingIngediend } }]);
  });
});

describe('routes', () => {
  const targetsOf = async (routes: Tenant['routes'], system: string | null = null) => {
    const gate = new TestGate();
    gate.tenant = aalterTenant({ routes });
    return (await gate.accept(meldingEvent(), meldpuntSender({ system }))).envelope.targets;
  };

  it('add up, each target once, in the order of the declaration', async () => {
    const elsewhere = { exact: { 'data.meldingstype': 'https://elders.example' } };
    const road = { suffix: { 'data.meldingstype': '/wegdek' } };
    const targets = await targetsOf([
      routeOf({ targets: ['topdesk', 'a'] }),
      routeOf({ type: 'be.lbbus.melding.aangevuld.v1', targets: ['x'] }),
      routeOf({ filter: elsewhere, targets: ['y'] }),
      routeOf({ filter: road, targets: ['a', 'b'] }),
    ]);
    expect(targets).toEqual(['topdesk', 'a', 'b']);
  });

  it('never lead back to the system it came from', async () => {
    const routes = [routeOf({ targets: ['topdesk', 'meldpunt'] })];
    expect(await targetsOf(routes, 'meldpunt')).toEqual(['topdesk']);
  });

  it('refuse a melding that would arrive nowhere', async () => {
    const noRoute = { status: 422, code: 'no-route' };
    await expect(targetsOf([])).rejects.toMatchObject(noRoute);
    await expect(targetsOf([routeOf()], 'topdesk')).rejects.toMatchObject(noRoute);
  });

  it('may leave an event without a target where its type does not have to arrive', async () => {
    const { message } = examplesOf('be.lbbus.melding.status-gewijzigd.v1').valid[0]!;
    const gate = new TestGate();
    gate.tenant = aalterTenant({ routes: [], verwerkingen: [String(message['verwerking'])] });
    const event = { ...message, time: gateTime.toISOString() };
    const { envelope } = await gate.accept(event, meldpuntSender({ sources: ['*'] }));
    expect(envelope.targets).toEqual([]);
    expect(gate.queues).toEqual(['audit']);
  });
});
