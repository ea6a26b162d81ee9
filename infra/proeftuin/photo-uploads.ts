import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { photosIn, tenantOf, withPhotos, type DemoEvent } from './meldingen.js';
import type { Meldpunt } from './meldpunt.js';
import { sideBySide } from './side-by-side.js';
import type { Report } from './story.js';

const atOnce = 8;

/** The URI of each photo that a tenant has uploaded, by `<tenant>/<file>`. */
export type Uploads = Readonly<Record<string, string>>;

const keyOf = (tenant: string, photo: string): string => `${tenant}/${photo}`;

/** What was uploaded at an earlier start: a melding that is sent again must refer to the same upload. */
export const readUploads = (folder: string): Uploads => {
  const file = join(folder, 'uploads.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Uploads) : {};
};

/** Uploads each photo that is still missing once per tenant, and remembers all. */
export const uploadPhotos = async (
  events: readonly DemoEvent[],
  meldpuntFor: (tenant: string) => Meldpunt,
  folder: string,
  report: Report,
): Promise<Uploads> => {
  let done = 0;
  const known = readUploads(folder);
  const wanted = new Map(
    events.flatMap((event) =>
      photosIn(event).map((photo) => [keyOf(tenantOf(event), photo), { event, photo }] as const),
    ),
  );
  const missing = [...wanted].filter(([key]) => known[key] === undefined);
  const made = await sideBySide(missing, atOnce, async ([key, { event, photo }]) => {
    const uri = await meldpuntFor(tenantOf(event)).upload(photo);
    report('photos uploaded', ++done, missing.length);
    return [key, uri] as const;
  });
  const uploads = { ...known, ...Object.fromEntries(made) };
  writeFileSync(join(folder, 'uploads.json'), JSON.stringify(uploads));
  return uploads;
};

/** The event with the uploads in the place of its photos. */
export const withUploads = (event: DemoEvent, uploads: Uploads): DemoEvent =>
  withPhotos(event, (photo) => uploads[keyOf(tenantOf(event), photo)] ?? photo);
