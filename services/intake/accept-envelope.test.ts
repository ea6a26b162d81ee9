import { TestGate } from '#infra/testing/gate.js';
import {
  meldingData,
  meldingEvent,
  meldingIngediend,
  meldpuntSender,
} from '#infra/testing/melding.js';
import { beforeEach, describe, expect, it } from '@jest/globals';

let gate: TestGate;
beforeEach(() => {
  gate = new TestGate();
});

describe('what is not a CloudEvent', () => {
  it.each([null, 1, 'text', [], [meldingEvent()]])('is refused: %j', async (event) => {
    expect(await gate.refused(event)).toMatchObject({ status: 400, code: 'envelope-invalid' });
    expect(gate.published).toEqual([]);
  });

  it('is told every attribute that is missing at once', async () => {
    const names = [
      'specversion',
      'id',
      'source',
      'type',
      'subject',
      'time',
      'datacontenttype',
      'data',
    ];
    expect(await gate.refused({})).toEqual({
      status: 400,
      code: 'envelope-invalid',
      reasons: names.map((name) => `/${name} required`),
    });
  });

  it.each([
    ['specversion', '0.3', 'format'],
    ['id', '', 'length'],
    ['id', 'x'.repeat(129), 'length'],
    ['id', 'a\nb', 'pattern'],
    ['id', 'a\u0000b', 'pattern'],
    ['id', 7, 'type'],
    ['source', '/meldpunt', 'format'],
    ['source', 'urn:lb:aalter meldpunt', 'format'],
    ['source', `urn:${'a'.repeat(2_048)}`, 'length'],
    ['type', '', 'length'],
    ['type', ['x'], 'type'],
    ['subject', 'melding 1', 'format'],
    ['subject', '', 'length'],
    ['time', '2026-01-05t08:12:00z', 'format'],
    ['time', '2026-01-05T08:12:60Z', 'format'],
    ['time', '2026-02-30T08:12:00Z', 'format'],
    ['time', '2026-01-05T08:12:00', 'format'],
    ['time', '2026-01-05T24:00:00Z', 'format'],
    ['datacontenttype', 3, 'type'],
    ['verwerking', 3, 'type'],
    ['tenant', ['aalter'], 'type'],
    ['correlationid', 'x'.repeat(257), 'length'],
    ['afdeling', 'x'.repeat(257), 'length'],
    ['afdeling', { een: 1 }, 'type'],
    ['afdeling', 1.5, 'type'],
    ['Afdeling', 'wegen', 'unknown-property'],
    ['data_base64', 'AA==', 'unknown-property'],
  ])('is one whose %s is %j', async (name, value, code) => {
    expect(await gate.refused(meldingEvent({ [name]: value }))).toEqual({
      status: 400,
      code: 'envelope-invalid',
      reasons: [`/${name} ${code}`],
    });
  });

  it('is one with eleven attributes of its own; ten pass', async () => {
    const extras = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`extra${index}`, 'x']));
    expect(await gate.refused(meldingEvent(extras(11)))).toMatchObject({
      code: 'envelope-invalid',
      reasons: [' cardinality'],
    });
    const { envelope } = await gate.accept(meldingEvent(extras(10)));
    expect(envelope.senderId).toBe('2026-000123');
  });

  it('has the length of its id counted in code points', async () => {
    const id = '😀'.repeat(128);
    expect((await gate.accept(meldingEvent({ id }))).envelope.senderId).toBe(id);
    expect(await gate.refused(meldingEvent({ id: `${id}x` }))).toMatchObject({
      code: 'envelope-invalid',
    });
  });

  it('is one of another content type (415), parameters apart', async () => {
    const of = (datacontenttype: string) => meldingEvent({ datacontenttype });
    expect(await gate.refused(of('text/plain'))).toMatchObject({
      status: 415,
      code: 'unsupported-media',
    });
    await gate.accept(of('application/json; charset=utf-8'));
    expect(gate.queues).toContain('audit');
  });

  it('is one that nests deeper than 64, however deep', async () => {
    const nested = (depth: number): unknown => JSON.parse('['.repeat(depth) + ']'.repeat(depth));
    const inside = (depth: number) =>
      meldingEvent({ data: { ...meldingData(), diep: nested(depth) } });
    const tooDeep = { status: 400, code: 'too-deep' };
    expect(await gate.refused(inside(63))).toMatchObject(tooDeep);
    expect(await gate.refused(inside(100_000))).toMatchObject(tooDeep);
    // 62 lists in data in the event make 64: looked at, and then no property of a melding.
    expect(await gate.refused(inside(62))).toMatchObject({ status: 422, code: 'invalid' });
  });

  it.each(['{"__proto__":{"admin":true}}', '{"constructor":{"prototype":{}}}'])(
    'is one with %s in it',
    async (text) => {
      const data = { ...meldingData(), indiener: JSON.parse(text) as unknown };
      expect(await gate.refused(meldingEvent({ data }))).toEqual({
        status: 400,
        code: 'envelope-invalid',
        reasons: [expect.stringMatching(/^\/data\/indiener\/(__proto__|constructor) unknown-pr/)],
      });
    },
  );
});

describe('what a sender may not', () => {
  it.each([
    ['tenant-mismatch', meldingEvent({ tenant: 'beringen' }), meldpuntSender()],
    ['source-not-allowed', meldingEvent(), meldpuntSender({ sources: ['urn:lb:aalter:ander'] })],
    ['type-not-allowed', meldingEvent(), meldpuntSender({ types: ['be.lbbus.melding.x.v1'] })],
    ['forbidden', meldingEvent(), meldpuntSender({ tenant: 'opgeheven' })],
  ])('is refused with 403 %s', async (code, event, sender) => {
    expect(await gate.refused(event, sender)).toEqual({ status: 403, code, reasons: [] });
    expect(gate.published).toEqual([]);
  });

  it('is said before what is wrong with the content', async () => {
    const event = meldingEvent({ type: 'be.lbbus.onbekend.v1', data: { fout: null } });
    const sender = meldpuntSender({ types: [meldingIngediend] });
    expect(await gate.refused(event, sender)).toMatchObject({ status: 403 });
  });
});
