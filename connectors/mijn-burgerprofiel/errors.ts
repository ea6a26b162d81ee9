import type { ErrorCodes } from '#kit/definition.js';

const textAt = (body: unknown, name: string): string => {
  const value = (body as Readonly<Record<string, unknown>> | null)?.[name];
  return typeof value === 'string' ? value : '';
};

const said = (parts: readonly string[]): string => parts.filter((part) => part !== '').join(': ');

const fieldReasons = (body: object): string[] => {
  const { errors } = body as { readonly errors?: unknown };
  const listed: unknown[] = Array.isArray(errors) ? errors.slice(0, 10) : [];
  return listed.map((one) =>
    said([textAt(one, 'field'), textAt(one, 'message'), textAt(one, 'description')]),
  );
};

/** Error bodies of DOSIS: `{code, message, description, errors: [{code, message, description, field}]}`; its codes are not published. */
export const errors: ErrorCodes = {
  codeOf: (body) => textAt(body, 'code') || null,
  reasonOf: (body) => {
    if (typeof body !== 'object' || body === null) return null;
    const whole = said([textAt(body, 'message'), textAt(body, 'description')]);
    const reasons = [whole, ...fieldReasons(body)].filter((reason) => reason !== '');
    return reasons.length === 0 ? null : reasons.join('; ');
  },
  table: {},
};
