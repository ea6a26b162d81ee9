import { validate } from '#oslo/catalogue.js';
import type { TypedCandidate } from './candidate.js';
import { holdsPersonalNumber } from './personal-number.js';
import { reason, refuse } from './reasons.js';

const dayMs = 86_400_000;

/** Attributes whose form leaves no room for a personal number. */
const formal = ['specversion', 'time', 'datacontenttype', 'traceparent', 'tracestate', 'data'];

/** Null, U+0000 and lone surrogates anywhere. */
export const checkCharacters = ({ unfit }: TypedCandidate): void => {
  if (unfit.length > 0) throw refuse('invalid', { reasons: unfit });
};

const identityOf = (data: unknown): unknown =>
  typeof data === 'object' && data !== null && Object.hasOwn(data, '@id')
    ? (data as Readonly<Record<string, unknown>>)['@id']
    : undefined;

/** `subject` is the `@id` of the data, where that is given. */
export const checkSubject = ({ attributes }: TypedCandidate): void => {
  const identity = identityOf(attributes.data);
  if (typeof identity === 'string' && identity !== attributes.subject)
    throw refuse('subject-mismatch', {
      reasons: [reason('/subject', 'pattern.subject'), reason('/data/@id', 'pattern.subject')],
    });
};

/** `time` lies at most a day ahead: later is a broken clock. */
export const checkTime = ({ attributes, at }: TypedCandidate): void => {
  if (attributes.moment.getTime() > at.getTime() + dayMs)
    throw refuse('time-implausible', { reasons: [reason('/time', 'format.future')] });
};

/** Data about persons comes with its processing activity, which stands in the tenant's register. */
export const checkVerwerking = ({ attributes, messageType, tenant }: TypedCandidate): void => {
  const { verwerking } = attributes;
  const pointer = '/verwerking';
  if (verwerking === null && messageType.personal)
    throw refuse('verwerking-missing', {
      reasons: [reason(pointer, 'required', { property: 'verwerking' })],
    });
  if (verwerking !== null && !tenant.verwerkingen.includes(verwerking))
    throw refuse('verwerking-unknown', {
      reasons: [reason(pointer, 'not-in-codelist.verwerking')],
    });
};

/** Attributes travel and are logged in the clear: no INSZ in them. The reason never repeats the number. */
export const checkPersonalData = ({ event }: TypedCandidate): void => {
  const found = Object.entries(event).filter(
    ([name, value]) =>
      !formal.includes(name) &&
      (typeof value === 'string' || typeof value === 'number') &&
      holdsPersonalNumber(String(value)),
  );
  if (found.length > 0)
    throw refuse('personal-data-in-attribute', {
      reasons: found.map(([name]) => reason(`/${name}`, 'pattern.personal-number')),
    });
};

/** The data are what their type says. */
export const checkData = (candidate: TypedCandidate, publicUrl: string): void => {
  const { type, data } = candidate.attributes;
  const violations = validate(type, data, publicUrl);
  if (violations.length > 0)
    throw refuse('invalid', {
      reasons: violations.map(({ pointer, code, detail }) => ({ pointer, code, text: detail })),
    });
};
