import { createHash } from 'node:crypto';
import { places } from './places.js';

/** Resource (RFC 8707) for which access tokens of the bus are made: their audience. */
export const busAudience = 'urn:lb-bus:gateway';

/** The same, as an application asks for it when it wants an opaque token instead of a JWT. */
export const opaqueAudience = 'urn:lb-bus:gateway:opaque';

/** Client as which the gateway asks about opaque tokens. */
export const gatewayClientId = 'lb-bus-gateway';

/** Client id of the meldpunt of a tenant; says nothing about the tenant, as with ACM/IDM. */
export const clientIdOf = (tenant: string): string =>
  createHash('sha256').update(`proeftuin meldpunt ${tenant}`).digest('hex').slice(0, 24);

/** Client as which Mijn Burgerprofiel calls the bus: one for all governments. */
export const burgerprofielClientId = 'mijn-burgerprofiel';

/** Scopes that only Mijn Burgerprofiel is given. That of attesten and forms is found nowhere: these are ours. */
export const burgerprofielScopes = {
  meldingen: 'dv_mbp_incidents',
  attesten: 'dv_mbp_certificates',
  forms: 'dv_mbp_forms',
} as const;

/** Client as which the console has people sign in. */
export const consoleClientId = 'lb-bus-console';

/** Every client of the identity provider. */
export const clientIds: readonly string[] = [
  gatewayClientId,
  burgerprofielClientId,
  consoleClientId,
  ...places.map(({ id }) => clientIdOf(id)),
];
