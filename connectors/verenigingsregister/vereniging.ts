import { Type } from '@sinclair/typebox';
import type { Static } from '@sinclair/typebox';

const OptionalText = Type.Optional(Type.Union([Type.String(), Type.Null()]));

const Code = Type.Object({ '@id': OptionalText, code: Type.String() });

const Adres = Type.Object({
  straatnaam: OptionalText,
  huisnummer: OptionalText,
  busnummer: OptionalText,
  postcode: OptionalText,
  gemeente: OptionalText,
  land: OptionalText,
});
export type Adres = Static<typeof Adres>;

const Locatie = Type.Object({
  locatietype: Type.String(),
  naam: OptionalText,
  adresvoorstelling: OptionalText,
  adres: Type.Optional(Type.Union([Adres, Type.Null()])),
  adresId: Type.Optional(
    Type.Union([Type.Object({ broncode: Type.String(), bronwaarde: Type.String() }), Type.Null()]),
  ),
});
export type Locatie = Static<typeof Locatie>;

const Contactgegeven = Type.Object({
  contactgegeventype: Type.String(),
  waarde: Type.String(),
  beschrijving: OptionalText,
});
export type Contactgegeven = Static<typeof Contactgegeven>;

const Sleutel = Type.Object({ bron: Type.String(), waarde: Type.String() });

/** What the connector reads of an association. Its representatives, members and accounts are left where they are. */
export const Vereniging = Type.Object({
  vCode: Type.String(),
  verenigingstype: Code,
  naam: Type.String(),
  roepnaam: OptionalText,
  korteNaam: OptionalText,
  korteBeschrijving: OptionalText,
  status: Type.String(),
  contactgegevens: Type.Optional(Type.Array(Contactgegeven)),
  locaties: Type.Optional(Type.Array(Locatie)),
  hoofdactiviteitenVerenigingsloket: Type.Optional(Type.Array(Code)),
  sleutels: Type.Optional(Type.Array(Sleutel)),
});
export type Vereniging = Static<typeof Vereniging>;

/** The answer of GET /verenigingen/{vCode}: JSON-LD, of which the context is known and never fetched. */
export const VerenigingDetail = Type.Object({ vereniging: Vereniging });

/** The answer of GET /verenigingen/zoeken. */
export const Gevonden = Type.Object({ verenigingen: Type.Array(Type.Unknown()) });
