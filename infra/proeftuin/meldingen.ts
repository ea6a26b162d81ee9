import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { proeftuinFolder } from './places.js';

const photoScheme = 'photo:';

interface Body {
  readonly bijlage?: string;
  readonly [property: string]: unknown;
}

/** A CloudEvent of the proeftuin. `bijlage` may be `photo:<file>`, which stands for an attachment still to be uploaded. */
export interface DemoEvent {
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject: string;
  readonly data: {
    readonly titel: string;
    readonly behandelaar: { readonly '@id': string };
    readonly heeftBody: readonly Body[];
    readonly [property: string]: unknown;
  };
  readonly [attribute: string]: unknown;
}

/** The tenant whose application sends the event: third part of `urn:lb:<tenant>:meldpunt`. */
export const tenantOf = ({ source }: Pick<DemoEvent, 'source'>): string =>
  source.split(':')[2] ?? '';

/** The 300 meldingen, oldest first. */
export const readMeldingen = (): DemoEvent[] =>
  readFileSync(join(proeftuinFolder, 'meldingen.ndjson'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as DemoEvent);

/** Files of `photos/` that an event shows. */
export const photosIn = ({ data }: DemoEvent): string[] =>
  data.heeftBody
    .map(({ bijlage = '' }) => bijlage)
    .filter((bijlage) => bijlage.startsWith(photoScheme))
    .map((bijlage) => bijlage.slice(photoScheme.length));

/** The event as it is sent: each photo replaced by the address of its upload. */
export const withPhotos = (event: DemoEvent, uriOf: (photo: string) => string): DemoEvent => ({
  ...event,
  data: {
    ...event.data,
    heeftBody: event.data.heeftBody.map((body) =>
      body.bijlage?.startsWith(photoScheme)
        ? { ...body, bijlage: uriOf(body.bijlage.slice(photoScheme.length)) }
        : body,
    ),
  },
});
