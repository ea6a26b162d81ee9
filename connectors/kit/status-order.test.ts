import { describe, expect, it } from '@jest/globals';
import type { MeldingStatusGewijzigd } from '#oslo/generated/melding.js';
import { statuswaarde } from '#oslo/melding/types.js';
import type { Message } from './message.js';
import { registered } from './melding-status.js';
import {
  isRegistration,
  received,
  receive,
  standingStatus,
  statusIn,
  toldIn,
} from './status-order.js';
import type { FoundStatus, TimedStatus } from './status-order.js';

const at = (second: number): string => new Date(1_767_600_000_000 + second * 1_000).toISOString();
const solved = (since: string) => ({ label: 'Opgelost', since });

const words = { wanted: 'asked', found: 'there', wantedLabel: null };
const counts = (...[status, found]: [TimedStatus, FoundStatus]): boolean =>
  receive(status, found, words).gives;

describe('what a case stands at', () => {
  it('is nothing while it only has the status that it was registered with', () => {
    const found = { label: registered, before: registered, modified: at(9), told: null };
    expect(standingStatus(found)).toBeNull();
    expect(counts(solved(at(0)), found)).toBe(true);
  });

  it('is what was last told, however often the case was changed otherwise since', () => {
    const found = { label: 'Opgelost', before: 'Opgelost', modified: at(9), told: solved(at(3)) };
    expect(standingStatus(found)).toEqual(solved(at(3)));
    expect(counts({ label: 'Gesloten', since: at(4) }, found)).toBe(true);
    expect(counts({ label: 'Gesloten', since: at(2) }, found)).toBe(false);
  });

  it('is what people made of it since, also where their clock is behind what they had seen', () => {
    const found = { label: 'Gesloten', before: 'Opgelost', modified: at(1), told: solved(at(3)) };
    expect(standingStatus(found)).toEqual({ label: 'Gesloten', since: at(3.001) });
    expect(counts(solved(at(3)), found)).toBe(false);
  });

  it('is a status of its own that has no label, too', () => {
    const found = { label: null, before: 'Opgelost', modified: at(5), told: null };
    expect(counts(solved(at(4)), found)).toBe(false);
    expect(counts(solved(at(6)), found)).toBe(true);
  });
});

describe('a status that is told', () => {
  const found = { label: 'Gesloten', before: registered, modified: at(9), told: null };

  it('is given where it is later than what the case stands at', () => {
    const status = solved(at(10));
    expect(receive(status, found, words)).toEqual({ gives: true, left: 'asked', told: status });
  });

  it('is not given where the case has it already, in whatever words; then all know it', () => {
    const status = { label: 'Gesloten', since: at(3) };
    expect(receive(status, found, words)).toEqual({ gives: false, left: 'there', told: status });
  });

  it('is not given either where the system does not tell it from the one that the case has', () => {
    const status = { label: 'Ingetrokken', since: at(3) };
    const lossy = { ...words, wantedLabel: 'Gesloten' };
    expect(receive(status, found, lossy)).toEqual({ gives: false, left: 'there', told: status });
  });

  it('is late where people gave a later one, which then counts from when it was judged', () => {
    const { gives, left, told } = receive(solved(at(8)), found, words);
    // The others have what was asked: if people take their change back, that is news as well.
    expect([gives, left]).toEqual([false, 'asked']);
    // A look that had seen the incident earlier than this.
    expect(standingStatus({ ...found, modified: at(7), told })?.since).toBe(at(9));
  });

  it('is late, too, where the case has it but others know a later one', () => {
    const closedAgain = { ...found, before: 'Opgelost', told: solved(at(5)) };
    const late = receive({ label: 'Gesloten', since: at(4) }, closedAgain, words);
    expect(late).toMatchObject({ gives: false, left: null });
  });

  it('leaves what is remembered where nobody changed the case', () => {
    const told = solved(at(3));
    const settled = { ...found, label: 'Opgelost', before: 'Opgelost', told };
    const late = { gives: false, left: null, told: null };
    expect(receive({ label: 'Gesloten', since: at(2) }, settled, words)).toEqual(late);
  });

  it('is given once, also where an earlier attempt is only heard of by what it left', () => {
    const status = solved(at(10));
    const left = { gives: false, left: 'asked', told: status };
    expect(received(status, found, words)).toEqual(left);
  });
});

it('lets one of two statuses of the same moment count, on either side the same', () => {
  const found = (label: string) => ({ label, before: label, modified: at(3), told: null });
  const [closed, other] = [{ label: 'Gesloten', since: at(3) }, solved(at(3))];
  const here = { ...found('Gesloten'), told: closed };
  const there = { ...found('Opgelost'), told: other };
  expect(counts(other, here)).toBe(!counts(closed, there));
  expect(counts(closed, here)).toBe(false);
});

it('remembers what was told as JSON, and takes nothing else for it', () => {
  expect(toldIn({ told: { ...solved(at(1)) } })).toEqual(solved(at(1)));
  expect(toldIn({ told: { label: null, since: at(1) } })).toEqual({ label: null, since: at(1) });
  for (const state of [undefined, null, 1, [], {}, { told: [] }, { told: { since: 'x' } }])
    expect(toldIn(state)).toBeNull();
});

describe('a message', () => {
  const message = (changes: { time?: string; causationid?: string; code?: string }) => {
    const { time = at(5), code = statuswaarde.opgelost, ...event } = changes;
    const status = { '@type': 'Meldingstatus', statusType: { '@id': code }, statusdatum: at(7) };
    const data = { heeftStatus: [status] };
    return { time, event, data } as unknown as Message<MeldingStatusGewijzigd>;
  };

  it('counts from the earlier of its moments', () => {
    expect(statusIn(message({}))).toEqual(solved(at(5)));
    expect(statusIn(message({ time: at(8) }))).toEqual(solved(at(7)));
  });

  it('that only answers a registration is known by what caused it', () => {
    const code = statuswaarde.toegewezenAan;
    expect(isRegistration(message({ code, causationid: 'm1' }))).toBe(true);
    expect(isRegistration(message({ code }))).toBe(false);
    expect(isRegistration(message({ causationid: 'm1' }))).toBe(false);
  });
});
