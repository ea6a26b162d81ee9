import { isRole, roles, type Role } from './rights.js';

/** How people sign in: one client at one identity provider that speaks OpenID Connect, as ACM/IDM does. */
export interface OidcSettings {
  readonly issuer: string;
  readonly clientId: string;
  /** Private key (PKCS #8, PEM): the client proves itself with `private_key_jwt`. */
  readonly keyFile: string | null;
  /** Secret of the client: `client_secret_basic`. Either this or the key. */
  readonly secretFile: string | null;
  readonly scope: string;
  /** Claim whose values are `<role>:<code of an organisation>`. */
  readonly rolesClaim: string;
  /** What the values of the claim are to the bus. */
  readonly roles: ReadonlyMap<string, Role>;
  /** Code of the organisation that operates the bus: its people's roles hold for all tenants. */
  readonly organisation: string | null;
}

type Environment = Readonly<Record<string, string | undefined>>;

const usualRoles =
  'LBBusLezer=reader,LBBusOperator=operator,LBBusBeheerder=tenant-administrator,LBBusPrivacy=privacy-officer,LBBusBestuur=board';

const readRoles = (text: string): ReadonlyMap<string, Role> =>
  new Map(
    text.split(',').map((pair) => {
      const [value = '', role = ''] = pair.split('=').map((part) => part.trim());
      if (value === '' || !isRole(role))
        throw new Error(
          `LBBUS_OIDC_ROLES: "${pair}" is not <value of the claim>=<role>, with a role of ${roles.join(', ')}`,
        );
      return [value, role];
    }),
  );

/** Reads `LBBUS_OIDC_*`; null where no issuer is set. Throws where they make no sense. */
export const readOidcSettings = (env: Environment = process.env): OidcSettings | null => {
  const text = (name: string): string | null => env[name] || null;
  const issuer = text('LBBUS_OIDC_ISSUER');
  if (issuer === null) return null;
  const [clientId, keyFile, secretFile] = [
    text('LBBUS_OIDC_CLIENT_ID'),
    text('LBBUS_OIDC_KEY_FILE'),
    text('LBBUS_OIDC_SECRET_FILE'),
  ];
  if (clientId === null) throw new Error('LBBUS_OIDC_ISSUER is set: set LBBUS_OIDC_CLIENT_ID too');
  if ((keyFile === null) === (secretFile === null))
    throw new Error(
      'LBBUS_OIDC_ISSUER is set: set either LBBUS_OIDC_KEY_FILE (private_key_jwt) or LBBUS_OIDC_SECRET_FILE too',
    );
  return {
    ...{ issuer, clientId, keyFile, secretFile },
    scope: text('LBBUS_OIDC_SCOPE') ?? 'openid profile',
    rolesClaim: text('LBBUS_OIDC_ROLES_CLAIM') ?? 'lbbus_rol_3d',
    roles: readRoles(text('LBBUS_OIDC_ROLES') ?? usualRoles),
    organisation: text('LBBUS_OIDC_ORGANISATION'),
  };
};
