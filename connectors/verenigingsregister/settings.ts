import { Type } from '@sinclair/typebox';
import type { Static } from '@sinclair/typebox';
import { acmIdmSettings } from '#kit/acm-idm.js';
import { iri, text, url } from '#kit/settings.js';

export const settings = Type.Object({
  baseUrl: {
    ...url('Address of the register behind MAGDA, up to and without `/verenigingen`.'),
    default: 'https://iv.api.vlaanderen.be/api/v1/organisaties/verenigingen',
  },
  ...acmIdmSettings,
  scope: text('Scope of the tokens: to read associations.', {
    default: 'dv_magda_organisaties_verenigingen_verenigingen_v1_G',
  }),
  initiator: Type.String({
    description: 'OVO code of the local government in whose name is asked (`VR-Initiator`).',
    pattern: '^OVO\\d{6}$',
  }),
  apiVersion: Type.String({
    description:
      'Version of the answers (`vr-api-version`); from `v2` on a feitelijke vereniging is called VZER.',
    pattern: '^v\\d{1,2}$',
    default: 'v1',
  }),
  senderId: Type.Optional(
    text(
      'Identification of the local government at MAGDA (`X-Magda-Sender-ID`), where it asks for it.',
    ),
  ),
  capacity: Type.Optional(
    text(
      'Hoedanigheidscode in which is asked (`X-Magda-Sender-QualityCode`), where MAGDA asks for it.',
    ),
  ),
  endUserId: Type.String({
    description:
      'Who asks (`X-Magda-Enduser-Id`), where the message does not say it in `gebruiker`: an id of your own, never an INSZ.',
    pattern: '^(?!\\d{11}$)[\\x21-\\x7e]{1,100}$',
    default: 'lb-bus',
  }),
  typeConcepts: {
    ...iri('Beginning of the IRI of a verenigingstype; its code comes behind it.'),
    default: 'https://data.vlaanderen.be/id/concept/verenigingstype/',
  },
  statusConcepts: {
    ...iri('Beginning of the IRI of a status; its name in small letters comes behind it.'),
    default: 'https://data.vlaanderen.be/id/concept/verenigingsstatus/',
  },
});

export type RegisterSettings = Static<typeof settings>;
