import { meldingData, meldingEvent } from '../melding.js';

/** Something a sender does wrong, and what it must be told. */
export interface Bad {
  readonly body: string | Uint8Array<ArrayBuffer>;
  readonly headers?: Record<string, string>;
  readonly key?: string;
  readonly status: number;
  readonly code: string;
  /** Of the first error, where the problem names places. */
  readonly error?: { readonly pointer: string; readonly code: string };
}

export const at = (pointer: string, code: string) => ({ error: { pointer, code } });
export const invalid = (pointer: string, code: string) => ({
  status: 422,
  code: 'invalid',
  ...at(pointer, code),
});
export const malformed = (pointer: string, code: string) => ({
  status: 400,
  code: 'envelope-invalid',
  ...at(pointer, code),
});

export const structured = { 'content-type': 'application/cloudevents+json' };
export const batched = { 'content-type': 'application/cloudevents-batch+json' };
export const json = (value: unknown): string => JSON.stringify(value);

/** A melding with these changes to its data. */
export const withData = (changes: object): string =>
  json(meldingEvent({ data: { ...meldingData(), ...changes } }));
export const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

/** A melding that may enter, in structured mode. */
export const melding = json(meldingEvent());
/** Its envelope in binary mode. */
export const binary = {
  'content-type': 'application/ld+json',
  'ce-specversion': '1.0',
  'ce-id': '2026-000123',
  'ce-source': 'urn:lb:aalter:meldpunt',
  'ce-type': 'be.lbbus.melding.ingediend.v1',
  'ce-subject': 'https://meldingen.aalter.example/id/melding/2026-000123',
  'ce-time': '2026-01-05T08:12:00Z',
  'ce-verwerking': 'meldingen-openbaar-domein',
};
