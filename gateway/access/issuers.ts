import { readFileSync } from 'node:fs';
import { isAbsolute, join, dirname } from 'node:path';
import { Type, type Static } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';

const Introspection = Type.Object(
  {
    url: Type.String(),
    clientId: Type.String(),
    /** One of the two: a secret for client_secret_basic, or a PKCS #8 key for private_key_jwt. */
    clientSecretFile: Type.Optional(Type.String()),
    privateKeyFile: Type.Optional(Type.String()),
    algorithm: Type.Optional(Type.String()),
    /** Also takes a token of which the issuer does not say for whom it is: RFC 7662 lets it leave `aud` out. */
    audienceOptional: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);

const Issuer = Type.Object(
  {
    issuer: Type.String({ minLength: 1 }),
    audience: Type.String({ minLength: 1 }),
    /** What its tokens may be signed with; `none` and shared secrets never. */
    algorithms: Type.Array(
      Type.String({ pattern: '^(RS|PS|ES)(256|384|512)$|^EdDSA$|^Ed25519$' }),
      {
        minItems: 1,
      },
    ),
    jwksUri: Type.String({ minLength: 1 }),
    introspection: Type.Optional(Introspection),
    clientIdClaim: Type.Optional(Type.String({ minLength: 1 })),
  },
  { additionalProperties: false },
);

/** An issuer of access tokens that this deployment trusts, with everything about its tokens pinned. */
export type Issuer = Static<typeof Issuer>;
export type Introspection = Static<typeof Introspection>;

const List = Type.Array(Issuer);

/** Reads LBBUS_ISSUERS_FILE; none where there is no file. Files it names are relative to it. Throws with what is wrong. */
export const readIssuers = (file: string | null): readonly Issuer[] => {
  if (file === null) return [];
  const content = JSON.parse(readFileSync(file, 'utf8')) as unknown;
  const [wrong] = [...Value.Errors(List, content)];
  if (wrong) throw new Error(`${file}${wrong.path}: ${wrong.message}`);
  const beside = (path: string) => (isAbsolute(path) ? path : join(dirname(file), path));
  return (content as Issuer[]).map((issuer) => ({
    ...issuer,
    ...(issuer.introspection && { introspection: withFiles(issuer.introspection, beside) }),
  }));
};

const withFiles = (
  introspection: Introspection,
  beside: (path: string) => string,
): Introspection => {
  const { clientSecretFile, privateKeyFile } = introspection;
  if ((clientSecretFile === undefined) === (privateKeyFile === undefined))
    throw new Error(`${introspection.url}: give clientSecretFile or privateKeyFile, one of both`);
  return {
    ...introspection,
    ...(clientSecretFile !== undefined && { clientSecretFile: beside(clientSecretFile) }),
    ...(privateKeyFile !== undefined && { privateKeyFile: beside(privateKeyFile) }),
  };
};
