import { Type } from '@sinclair/typebox';
import { closed, matching } from '../declared-parts.js';

/** RFC 6901, below the root. */
const pointer = '^(?:/(?!__proto__(?:/|$))(?:[^/~]|~[01])+)+$';

/** Where each piece stands in a JSON object, as RFC 6901 pointers. */
export type Places<K extends string> = Readonly<Record<K, string>>;

/** Where the pieces of a melding stand in what Mijn Burgerprofiel submits. */
export const submissionPlaces = {
  id: '/id',
  submittedAt: '/submittedAt',
  category: '/category',
  title: '/title',
  description: '/description',
  language: '/language',
  longitude: '/location/longitude',
  latitude: '/location/latitude',
  address: '/location/address/full',
  street: '/location/address/street',
  houseNumber: '/location/address/houseNumber',
  boxNumber: '/location/address/boxNumber',
  postalCode: '/location/address/postalCode',
  municipality: '/location/address/municipality',
  insz: '/reporter/insz',
  firstName: '/reporter/firstName',
  lastName: '/reporter/lastName',
  email: '/reporter/email',
  phone: '/reporter/phone',
} as const;

/** Where the pieces of the configuration stand in what Mijn Burgerprofiel reads. */
export const configurationPlaces = {
  categories: '/categories',
  schema: '/schema',
  mostAttachments: '/attachments/maxCount',
  attachmentBytes: '/attachments/maxSizeBytes',
  attachmentTypes: '/attachments/contentTypes',
} as const;

/** Where the pieces of one category stand. */
export const categoryPlaces = { id: '/id', name: '/name' } as const;

/** Where the answer to a submission, and to a question after it, says what became of it. */
export const progressPlaces = {
  id: '/id',
  status: '/status',
  link: '/_links/self/href',
  meldingStatus: '/melding/statusType',
  meldingStatusText: '/melding/beschrijving',
  meldingStatusAt: '/melding/statusdatum',
} as const;

/** Where the pieces of one attest stand. */
export const attestPlaces = {
  id: '/id',
  language: '/language',
  title: '/title',
  description: '/description',
  issued: '/issued',
  validUntil: '/validUntil',
  link: '/_links/certificate/href',
} as const;

/** Where a page of attesten has its list, and says which page it is. */
export const attestPagePlaces = {
  attesten: '/_embedded/certificates',
  limit: '/_pageMetadata/size',
  page: '/_pageMetadata/number',
  total: '/_pageMetadata/totalElements',
  pages: '/_pageMetadata/totalPages',
} as const;

/** The part of a declaration that moves pieces elsewhere; what it does not name stays where it usually is. */
export const movedPlaces = <K extends string>(usual: Places<K>, what: string) =>
  Type.Unsafe<Partial<Record<K, string>>>(
    Type.Object(
      Object.fromEntries(
        Object.keys(usual).map((key) => [
          key,
          Type.Optional(matching(pointer, 'a JSON pointer, such as /location/longitude')),
        ]),
      ),
      { ...closed, description: `JSON pointers: ${what}` },
    ),
  );
