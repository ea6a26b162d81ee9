import { randomUUID } from 'node:crypto';
import { persoonContext } from '#oslo/persoon/types.js';

/** INSZ of an invented person (the month is 60 higher); each number gives another. */
export const inszOf = (number: number): string => {
  const front = `85640${1 + (number % 9)}${String(number % 1000).padStart(3, '0')}`;
  return front + String(97 - (Number(front) % 97)).padStart(2, '0');
};

/** A question about a person, as an application asks it. */
export const personQuestion = (
  parts: Partial<Record<'id' | 'insz' | 'source' | 'subject' | 'gebruiker', string>> = {},
): Record<string, unknown> => {
  const { id = randomUUID(), insz = inszOf(1) } = parts;
  const { source = 'urn:lb:aalter:burgerzaken', subject = `urn:uuid:${randomUUID()}` } = parts;
  const { gebruiker } = parts;
  return {
    ...(gebruiker !== undefined && { gebruiker }),
    specversion: '1.0',
    id,
    source,
    type: 'be.lbbus.persoon.opvragen.v1',
    subject,
    time: '2026-01-05T08:12:00Z',
    datacontenttype: 'application/ld+json',
    verwerking: 'meldingen-openbaar-domein',
    data: {
      '@context': persoonContext,
      '@type': 'Persoonsvraag',
      registratie: { '@type': 'Identificator', identificator: insz },
    },
  };
};
