import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { failureOf } from '#kit/contract/answering.js';
import type { NewIncident } from './mapping.js';
import { createIncident } from './sending.js';
import { contextOf } from '#kit/contract/desk.js';
import { asked, openDesk, seen } from './testing.js';
import type { Desk } from './testing.js';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.simulator.close());

const photos = ['a', 'b'].map(
  (name) => `urn:lb-bus:attachment:0190a0c0-0000-7000-8000-00000000000${name}`,
);

const an = {
  table: 'contact',
  columns: { firstname: 'An', lastname: 'Voorbeeld', emailaddress1: "an.o'hara+put@example.org" },
  sameAs: { column: 'emailaddress1', value: "an.o'hara+put@example.org" },
  key: '5f0c1234-5678-5123-9012-123456789012',
} as const;

const newIncident = (options: Partial<NewIncident> = {}): NewIncident => ({
  incident: { title: 'Put', description: 'Put', caseorigincode: 3 },
  customer: an,
  note: '',
  attachments: [],
  ...options,
});

const customers = (): Promise<unknown> =>
  desk.ask('GET', '/contacts?$select=lastname,telephone1').then(({ json }) => json['value']);

describe('an incident', () => {
  it('comes with its customer in two requests, and no address tells who that is', async () => {
    await createIncident(desk.client, newIncident(), contextOf());
    expect(seen(desk)[0]?.customer).toMatchObject({ lastname: 'Voorbeeld' });
    expect(asked(desk)).toEqual(['POST /api/data/v9.2/$batch', 'POST /api/data/v9.2/$batch']);
  });

  it('gets its attachments once, whole, also when a delivery broke off half-way', async () => {
    const context = contextOf();
    desk.simulator.fault({ kind: 'drop', methods: ['PATCH'], skip: 1 });
    await failureOf(createIncident(desk.client, newIncident({ attachments: photos }), context));
    expect(seen(desk)[0]?.files).toHaveLength(1);
    await createIncident(desk.client, newIncident({ attachments: photos }), context);
    const [incident, another] = seen(desk);
    expect(another).toBeUndefined();
    expect(incident?.files).toEqual(
      photos.map((uri) => ({
        filename: 'put in de wég.jpg',
        mimetype: 'image/jpeg',
        sizeBytes: uri.length,
      })),
    );
  });

  it('keeps its whole text in a note where the description is too short', async () => {
    const context = contextOf();
    await createIncident(desk.client, newIncident({ note: 'Heel lang.' }), context);
    await createIncident(desk.client, newIncident({ note: 'Heel lang.' }), context);
    expect(seen(desk)[0]?.notes).toEqual([
      { subject: 'LB-bus: volledige tekst', notetext: 'Heel lang.' },
    ]);
  });

  it('is not made where an attachment is too large', async () => {
    const small = await openDesk({ attachmentLimitBytes: 1024 });
    const context = contextOf({
      attachment: (uri) =>
        contextOf()
          .attachment(uri)
          .then((file) => ({ ...file, sizeBytes: 1000 })),
    });
    const failure = await failureOf(
      createIncident(small.client, newIncident({ attachments: photos }), context),
    );
    expect(failure).toMatchObject({ verdict: 'reject', code: 'too-large' });
    expect(failure.message).toContain('1000 bytes');
    expect(seen(small)).toEqual([]);
    await small.simulator.close();
  });

  it('is refused with the reason of Dynamics 365, and leaves no contact behind', async () => {
    const incident = { title: 'Put', caseorigincode: 99 };
    const failure = await failureOf(
      createIncident(desk.client, newIncident({ incident }), contextOf()),
    );
    expect(failure).toMatchObject({ verdict: 'reject', code: 'invalid' });
    expect(failure.message).toContain("'caseorigincode'");
    expect(await customers()).toHaveLength(1);
  });

  it('holds everything where the contact for anonymous melders does not exist', async () => {
    const customer = { table: 'contact', id: '5f0c1234-5678-4123-9012-123456789012' } as const;
    const failure = await failureOf(
      createIncident(desk.client, newIncident({ customer }), contextOf()),
    );
    expect(failure).toMatchObject({ verdict: 'pause', code: 'misconfigured' });
    expect(failure.message).toContain('anonymousContact');
  });

  it.each([
    ['requests', '6000'],
    ['time', '1,200,000'],
    ['concurrency', '52'],
  ])('waits where the limit of %s is met', async (limit, says) => {
    desk.drive('throttle', { limit, retryAfterSeconds: 17 });
    const failure = await failureOf(createIncident(desk.client, newIncident(), contextOf()));
    expect(failure).toMatchObject({ verdict: 'retry', code: 'rate-limited', retryAfterMs: 17_000 });
    expect(failure.message).toContain(says);
  });

  it('holds everything where the privilege to write is missing', async () => {
    desk.drive('setPrivilege', { mayWrite: false });
    const failure = await failureOf(createIncident(desk.client, newIncident(), contextOf()));
    expect(failure).toMatchObject({ verdict: 'pause', code: 'forbidden' });
    expect(failure.message).toContain('prvWrite');
  });

  it('survives that tokens are withdrawn, and that the clock over there is hours ahead', async () => {
    await createIncident(desk.client, newIncident(), contextOf());
    desk.drive('revokeTokens');
    await createIncident(desk.client, newIncident(), contextOf());
    desk.simulator.advance(7_200_000);
    await createIncident(desk.client, newIncident(), contextOf());
    expect(seen(desk)).toHaveLength(3);
  });

  it('is not believed where the answer has other types than it should', async () => {
    desk.drive('setFlaws', { flaws: ['wrong-types'] });
    const failure = await failureOf(createIncident(desk.client, newIncident(), contextOf()));
    expect(failure).toMatchObject({ verdict: 'retry', code: 'unavailable' });
    expect(failure.message).toContain('another shape than it documents');
  });
});

describe('a customer', () => {
  it('with the same e-mail address is used as it is, the oldest first', async () => {
    for (const lastname of ['Eerste', 'Tweede']) {
      await desk.ask('POST', '/contacts', {
        json: { lastname, emailaddress1: an.columns.emailaddress1.toUpperCase() },
      });
      desk.simulator.advance(60_000);
    }
    await createIncident(desk.client, newIncident(), contextOf());
    expect(seen(desk)[0]?.customer).toMatchObject({ lastname: 'Eerste' });
    expect(await customers()).toHaveLength(3);
  });

  it('that is no longer active is made anew', async () => {
    const { headers } = await desk.ask('POST', '/contacts', { json: an.columns });
    const address = new URL(headers.get('odata-entityid') ?? '').pathname.split('/v9.2')[1] ?? '';
    await desk.ask('PATCH', address, { json: { statecode: 1, statuscode: 2 } });
    await createIncident(desk.client, newIncident(), contextOf());
    expect(seen(desk)[0]?.customer).toMatchObject({ statecode: 0 });
  });

  it('is upserted by its own key where there is one, and kept up to date', async () => {
    const keyed = await openDesk({ contactKey: 'lb_externalid' });
    await createIncident(keyed.client, newIncident(), contextOf());
    const customer = { ...an, columns: { ...an.columns, telephone1: '+32 470 00 00 01' } };
    await createIncident(keyed.client, newIncident({ customer }), contextOf());
    const ids = seen(keyed).map((one) => one.customer['contactid']);
    expect(new Set(ids).size).toBe(1);
    expect(seen(keyed)[0]?.customer).toMatchObject({
      lb_externalid: an.key,
      telephone1: '+32 470 00 00 01',
    });
    await keyed.simulator.close();
  });

  it('that is an enterprise is the account with its number', async () => {
    const columns = { name: 'Bakkerij', accountnumber: '0990000212' };
    const sameAs = { column: 'accountnumber', value: '0990000212' };
    const customer = { table: 'account', columns, sameAs, key: null } as const;
    for (let n = 0; n < 2; n += 1)
      await createIncident(desk.client, newIncident({ customer }), contextOf());
    const ids = seen(desk).map((one) => one.customer['accountid']);
    expect(ids[0]).toBe(ids[1]);
  });
});
