import { reason, refuse } from './reasons.js';
import type { RefusalReason } from './refusal.js';
import { momentOf } from './rfc3339.js';
import { isTraceparent } from './traceparent.js';

/** A CloudEvent whose attributes are well formed; `null` where the sender left one out. */
export interface Attributes {
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject: string;
  readonly time: string;
  readonly moment: Date;
  readonly data: unknown;
  readonly verwerking: string | null;
  readonly correlationId: string | null;
  readonly causationId: string | null;
  readonly traceparent: string | null;
  readonly tenant: string | null;
}

export type EventAsSent = Readonly<Record<string, unknown>>;

const mostExtensions = 10;
const longestExtension = 256;
const longestIri = 2_048;
const longestId = 128;
const extensionName = /^[a-z0-9]{1,64}$/;
const control = /\p{Cc}/u;
/** RFC 3986: a scheme, then only characters that a URI may have. */
const uri = /^[a-z][a-z0-9+.-]*:(?:[\w.~!$&'()*+,;=:@/?#[\]-]|%[0-9a-f]{2})+$/i;
/** RFC 3987: a scheme, then no space, control character or delimiter. */
const iri = /^[a-z][a-z0-9+.-]*:[^\s\p{Cc}\p{Surrogate}<>"{}|\\^`]+$/iu;

type Check = (value: string) => { readonly key: string; readonly limit?: number } | null;

const atMost =
  (limit: number, then: Check = () => null): Check =>
  (value) => {
    if (value === '') return { key: 'length.empty' };
    // Characters as the sender counts them: code points.
    if (value.length > limit && Array.from(value).length > limit)
      return { key: 'length.max', limit };
    return then(value);
  };
const matching =
  (pattern: RegExp, key: string): Check =>
  (value) =>
    pattern.test(value) ? null : { key };

const required: Readonly<Record<string, Check>> = {
  specversion: matching(/^1\.0$/, 'format.specversion'),
  id: atMost(longestId, (value) => (control.test(value) ? { key: 'pattern.control' } : null)),
  source: atMost(longestIri, matching(uri, 'format.uri')),
  type: atMost(longestExtension),
  subject: atMost(longestIri, matching(iri, 'format.iri')),
  time: (value) => (momentOf(value) ? null : { key: 'format.date-time' }),
  datacontenttype: atMost(longestExtension),
};

const optional: Readonly<Record<string, Check>> = {
  dataschema: atMost(longestIri, matching(uri, 'format.uri')),
  verwerking: atMost(longestExtension),
  correlationid: atMost(longestExtension),
  causationid: atMost(longestExtension),
  tenant: () => null,
};

/** Ours to write or to ignore: nothing a sender puts there is looked at. */
const ours = ['busid', 'traceparent', 'tracestate', 'data'];

const known = new Set([...Object.keys(required), ...Object.keys(optional), ...ours]);

const broken = (name: string, value: unknown, check: Check): RefusalReason[] => {
  const pointer = `/${name}`;
  if (typeof value !== 'string') return [reason(pointer, 'type.string')];
  const found = check(value);
  if (!found) return [];
  return [reason(pointer, found.key, found.limit === undefined ? {} : { limit: found.limit })];
};

const isAbsent = (value: unknown): boolean => value === undefined || value === null;

const brokenRequired = (event: EventAsSent): RefusalReason[] => {
  const missing = (name: string): RefusalReason[] => [
    reason(`/${name}`, 'required', { property: name }),
  ];
  const attributes = Object.entries(required).flatMap(([name, check]) =>
    isAbsent(event[name]) ? missing(name) : broken(name, event[name], check),
  );
  return event['data'] === undefined ? [...attributes, ...missing('data')] : attributes;
};

const brokenOptional = (event: EventAsSent): RefusalReason[] =>
  Object.entries(optional).flatMap(([name, check]) =>
    isAbsent(event[name]) ? [] : broken(name, event[name], check),
  );

const brokenExtension = ([name, value]: [string, unknown]): RefusalReason[] => {
  const pointer = `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  if (!extensionName.test(name))
    return [reason(pointer, 'unknown-property.attribute', { property: name.slice(0, 64) })];
  if (typeof value === 'boolean' || Number.isInteger(value) || value === null) return [];
  if (typeof value !== 'string') return [reason(pointer, 'type.attribute')];
  return Array.from(value).length > longestExtension
    ? [reason(pointer, 'length.max', { limit: longestExtension })]
    : [];
};

const brokenExtensions = (event: EventAsSent): RefusalReason[] => {
  const extensions = Object.entries(event).filter(([name]) => !known.has(name));
  if (extensions.length > mostExtensions)
    return [reason('', 'cardinality.attributes', { limit: mostExtensions })];
  return extensions.flatMap(brokenExtension);
};

const refuseOtherMedia = (event: EventAsSent): void => {
  const media = event['datacontenttype'];
  if (typeof media !== 'string') return;
  const essence = media.split(';')[0]?.trim().toLowerCase();
  if (essence !== 'application/ld+json' && essence !== 'application/json')
    throw refuse('unsupported-media', {
      reasons: [reason('/datacontenttype', 'not-in-codelist.media')],
    });
};

const textOf = (event: EventAsSent, name: string): string => {
  const value = event[name];
  return typeof value === 'string' ? value : '';
};

const textOrNull = (event: EventAsSent, name: string): string | null => {
  const value = event[name];
  return typeof value === 'string' ? value : null;
};

/**
 * Reads the attributes of a CloudEvent. Throws `unsupported-media` (415), else `envelope-invalid` (400) with every
 * attribute that is missing or malformed. A malformed `traceparent` counts as none.
 */
export const readEnvelope = (event: unknown): Attributes & { readonly event: EventAsSent } => {
  if (typeof event !== 'object' || event === null || Array.isArray(event))
    throw refuse('envelope-invalid', { reasons: [reason('', 'type.object')] });
  const sent = event as EventAsSent;
  refuseOtherMedia(sent);
  const reasons = [...brokenRequired(sent), ...brokenOptional(sent), ...brokenExtensions(sent)];
  const moment = momentOf(textOf(sent, 'time'));
  if (reasons.length > 0 || !moment) throw refuse('envelope-invalid', { reasons });
  const traceparent = sent['traceparent'];
  return {
    event: sent,
    id: textOf(sent, 'id'),
    source: textOf(sent, 'source'),
    type: textOf(sent, 'type'),
    subject: textOf(sent, 'subject'),
    time: textOf(sent, 'time'),
    moment,
    data: sent['data'],
    verwerking: textOrNull(sent, 'verwerking'),
    correlationId: textOrNull(sent, 'correlationid'),
    causationId: textOrNull(sent, 'causationid'),
    traceparent: isTraceparent(traceparent) ? traceparent : null,
    tenant: textOrNull(sent, 'tenant'),
  };
};
