import type { Answer } from '../answer.js';

/** An answer in HAL (draft-kelly-json-hal). */
export const hal = (body: object): Answer => ({
  status: 200,
  headers: { 'content-type': 'application/hal+json; charset=utf-8' },
  body: Buffer.from(JSON.stringify(body), 'utf8'),
});

/** One step of a list, as query parameters by name. */
export type Step = Readonly<Record<string, number>>;

/** Links to this page and the ones beside it: relative, so that nothing of the path stands in them. */
export const pageLinks = (
  steps: Readonly<Record<string, Step | null>>,
): Readonly<Record<string, { readonly href: string }>> =>
  Object.fromEntries(
    Object.entries(steps).flatMap(([name, step]) => {
      if (!step) return [];
      const query = Object.entries(step).map(([key, value]) => `${key}=${value}`);
      return [[name, { href: `?${query.join('&')}` }]];
    }),
  );
