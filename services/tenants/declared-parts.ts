import { Type, type TSchema } from '@sinclair/typebox';

/** For objects in which nothing else may stand. */
export const closed = { additionalProperties: false } as const;

/** The description of each part is what a reader is told to write there. */
export const text = (description: string, options: { maxLength?: number } = {}) =>
  Type.String({ description, minLength: 1, maxLength: 500, ...options });

export const matching = (pattern: string, description: string) =>
  Type.String({ description, pattern, maxLength: 2_048 });

export const list = <T extends TSchema>(items: T, description: string) =>
  Type.Array(items, { description, uniqueItems: true });

export const iri = '^[A-Za-z][A-Za-z0-9+.-]*:[^\\s<>"{}|\\\\^`]+$';
export const name = '^[a-z][a-z0-9-]{0,39}$';
