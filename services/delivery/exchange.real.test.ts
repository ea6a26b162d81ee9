import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { iriOf, threeTenants } from '#infra/testing/exchange/declared.js';
import { ExchangeGround, type Shown } from '#infra/testing/exchange/ground.js';
import { meldingData, meldingEvent } from '#infra/testing/melding.js';
import { until } from '#infra/testing/until.js';
import type { Json } from '#kit/message.js';
import { statusIri } from '#kit/melding-status.js';
import { meldingAangevuld, meldingStatusGewijzigd } from '#oslo/melding/types.js';

jest.setTimeout(120_000);

let ground: ExchangeGround;

const status = meldingStatusGewijzigd.type;

beforeAll(async () => {
  ground = await ExchangeGround.open(['aalter', 'beringen'], threeTenants);
});
afterAll(() => ground.close());

const subjectOf = (name: string) => `https://meldingen.aalter.example/id/melding/${name}`;
const submit = (tenant: string, name: string, changes: Record<string, unknown> = {}) => {
  const subject = subjectOf(name);
  const behandelaar = { '@id': iriOf(tenant) };
  const data = { ...meldingData(), '@id': subject, titel: name, behandelaar, ...changes };
  const verwerking =
    tenant === 'beringen' && !('behandelaar' in changes)
      ? 'meldingen'
      : 'meldingen-openbaar-domein';
  return { id: name, subject, data, source: 'urn:lb:aalter:meldpunt', verwerking };
};

let sent = 0;
/** An application tells something of a melding. */
const tell = (tenant: string, name: string, type: string, part: Record<string, unknown>) => {
  sent += 1;
  const subject = subjectOf(name);
  const data = {
    '@context': meldingData()['@context'],
    '@id': subject,
    '@type': 'Melding',
    ...part,
  };
  const time = new Date().toISOString();
  return ground.send(tenant, meldingEvent({ id: `t${sent}`, type, subject, time, data }));
};

const report = (name: string, label: string): Promise<string> => {
  const moment = { statusdatum: new Date().toISOString(), beschrijving: label };
  const statusType = { '@id': statusIri(label) };
  const one = {
    '@type': 'Meldingstatus',
    statusType,
    ...moment,
    statuswijzigingDoor: { '@type': 'Agent' },
  };
  return tell('aalter', name, meldingStatusGewijzigd.type, { heeftStatus: [one] });
};

/** The one incident of a melding, once it looks like this. */
const seen = (
  [system, tenant, title]: ['topdesk' | 'dynamics365', string, string],
  like: (incident: Shown) => boolean = () => true,
): Promise<Shown> =>
  until(
    () => {
      const column = system === 'topdesk' ? 'briefDescription' : 'title';
      const found = ground.shown(system, tenant).filter((one) => one[column] === title);
      expect(found.length).toBeLessThan(2);
      return found[0] && like(found[0]) ? found[0] : null;
    },
    { what: `${title} in ${system} of ${tenant} to look right`, timeoutMs: 30_000 },
  );

const inTopdesk = (name: string, processingStatus: string, tenant = 'aalter') =>
  seen(['topdesk', tenant, name], (one) => one['processingStatus'] === processingStatus);
const inDynamics = (name: string, statuscode: number) =>
  seen(['dynamics365', 'aalter', name], (one) => one['statuscode'] === statuscode);

const labelsOf = (tenant: string, name: string, origin: string | null): string[] =>
  ground
    .accepted(tenant)
    .filter(
      (one) => one.type === status && one.subject === subjectOf(name) && one.origin === origin,
    )
    .map(
      (one) =>
        (ground.dataOf(one) as { heeftStatus: [{ beschrijving: string }] }).heeftStatus[0]
          .beschrijving,
    );

describe('a melding that TOPdesk and Dynamics 365 both handle', () => {
  it('is taken up, solved, reopened, rejected and withdrawn in both, whoever does it, and nothing echoes', async () => {
    const { topdesk, dynamics365 } = ground.simulators;
    const bijlage = await ground.attach('aalter', 'put.jpg');
    const bodies = [{ '@type': 'MeldingBody', beschrijving: 'Diep', bijlage }];
    await ground.send('aalter', meldingEvent(submit('aalter', 'Put', { heeftBody: bodies })));
    const { id } = await inTopdesk('Put', 'Geregistreerd');
    const { incidentid } = await inDynamics('Put', 1);
    await until(() => labelsOf('aalter', 'Put', 'topdesk').length === 1, {
      what: 'the registration',
    });
    topdesk.drive('aalter', 'takeInTreatment', { id: id ?? null });
    await inDynamics('Put', 4);
    dynamics365.drive('aalter', 'resolve', { id: incidentid ?? null });
    await inTopdesk('Put', 'Afgemeld');
    await report('Put', 'Heringediend');
    await inDynamics('Put', 2);
    await inTopdesk('Put', 'In behandeling');
    topdesk.drive('aalter', 'setStatus', { id: id ?? null, processingStatus: 'Afgewezen' });
    await inDynamics('Put', 6);
    await report('Put', 'Ingetrokken');
    await inDynamics('Put', 2000);
    await inTopdesk('Put', 'Gesloten');
    dynamics365.drive('aalter', 'writeNote', { id: incidentid ?? null, text: 'Bedankt.' });
    const foto = await ground.attach('aalter', 'later.jpg');
    const more = [{ '@type': 'MeldingBody', beschrijving: 'Nog een foto', bijlage: foto }];
    await tell('aalter', 'Put', meldingAangevuld.type, { heeftBody: more });
    await seen(
      ['topdesk', 'aalter', 'Put'],
      ({ actions, attachments }) =>
        JSON.stringify(actions).includes('Bedankt.') && (attachments as Json[]).length === 2,
    );
    topdesk.drive('aalter', 'attachFile', { id: id ?? null });
    await seen(['dynamics365', 'aalter', 'Put'], ({ files }) => (files as Json[]).length === 3);
    expect(labelsOf('aalter', 'Put', 'topdesk')).toEqual([
      'Toegewezen aan',
      'In onderzoek',
      'Afgewezen',
    ]);
    expect(labelsOf('aalter', 'Put', 'dynamics365')).toEqual(['Toegewezen aan', 'Opgelost']);
    // Once later changes of both have come through, whatever was to echo would have.
    await ground.send('aalter', meldingEvent(submit('aalter', 'Lamp')));
    const lamp = await inTopdesk('Lamp', 'Geregistreerd');
    topdesk.drive('aalter', 'takeInTreatment', { id: lamp['id'] ?? null });
    const { incidentid: other } = await inDynamics('Lamp', 4);
    dynamics365.drive('aalter', 'resolve', { id: other ?? null });
    await inTopdesk('Lamp', 'Afgemeld');
    const said = ground.accepted('aalter').filter(({ subject }) => subject === subjectOf('Put'));
    // One melding, two registrations, three changes of people in the systems, two of an application, a note, an addition and a file.
    expect(said).toHaveLength(1 + 2 + 3 + 2 + 3);
  });
});

describe('a melding that is handed over to another tenant', () => {
  it('enters there with its attachment under the key of the receiver, and its statuses come back', async () => {
    const bijlage = await ground.attach('aalter', 'brug.jpg');
    const behandelaar = { '@id': iriOf('beringen') };
    const heeftBody = [{ '@type': 'MeldingBody', beschrijving: 'Aan de brug', bijlage }];
    const melded = submit('aalter', 'Brug', { behandelaar, heeftBody });
    const handed = await ground.send('aalter', meldingEvent(melded));
    const incident = await seen(
      ['topdesk', 'beringen', 'Brug'],
      ({ attachments }) => (attachments as Json[]).length === 1,
    );
    const [there] = ground.accepted('beringen');
    const here = ground.hearing.envelopes.get(handed);
    expect(there).toMatchObject({
      senderId: handed,
      source: 'urn:lb:beringen:aalter',
      verwerking: 'meldingen',
      targets: ['topdesk'],
    });
    expect(there?.traceparent.split('-')[1]).toBe(here?.traceparent.split('-')[1]);
    expect(JSON.stringify(there && ground.dataOf(there))).not.toContain(bijlage);
    ground.simulators.topdesk.drive('beringen', 'solve', { id: incident['id'] ?? null });
    await until(() => labelsOf('aalter', 'Brug', 'beringen').includes('Opgelost'), {
      what: 'the status to come back',
    });
    expect(labelsOf('aalter', 'Brug', 'beringen')).toEqual(['Toegewezen aan', 'Opgelost']);
    await report('Brug', 'Heringediend');
    await inTopdesk('Brug', 'In behandeling', 'beringen');
    expect(
      ground.accepted('beringen').filter(({ subject }) => subject === subjectOf('Brug')),
    ).toHaveLength(4);
  });

  it('keeps what was never handed over at home', async () => {
    await ground.send(
      'beringen',
      meldingEvent({ ...submit('beringen', 'Boom'), source: 'urn:lb:beringen:meldpunt' }),
    );
    const boom = await inTopdesk('Boom', 'Geregistreerd', 'beringen');
    ground.simulators.topdesk.drive('beringen', 'takeInTreatment', { id: boom['id'] ?? null });
    await until(() => labelsOf('beringen', 'Boom', 'topdesk').includes('In onderzoek'), {
      what: 'the change',
    });
    const behandelaar = { '@id': iriOf('beringen') };
    const stolen = await ground.send(
      'aalter',
      meldingEvent(submit('aalter', 'Boom', { behandelaar })),
    );
    const outcome = await until(
      () => ground.hearing.steps.find(({ envelope }) => envelope.id === stolen),
      { what: 'an outcome' },
    );
    expect(outcome).toMatchObject({ status: 'parked', code: 'conflict' });
    expect(labelsOf('aalter', 'Boom', 'beringen')).toEqual([]);
  });

  it('waits, with the reason, where the other tenant has not declared it', async () => {
    const behandelaar = { '@id': iriOf('dessel') };
    const refused = await ground.send(
      'aalter',
      meldingEvent(submit('aalter', 'Weg', { behandelaar })),
    );
    const outcome = await until(
      () => ground.hearing.steps.find(({ envelope }) => envelope.id === refused),
      { what: 'an outcome' },
    );
    expect(outcome).toMatchObject({ status: 'held', code: 'misconfigured' });
    expect(outcome.detail).toContain('Tenant dessel has not declared');
    expect(ground.accepted('dessel')).toEqual([]);
  });
});
