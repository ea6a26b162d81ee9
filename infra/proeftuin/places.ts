import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '#runtime/root.js';
import { parse } from 'yaml';

/** WGS 84: longitude, latitude. */
export type Position = readonly [number, number];

/** A demo tenant: a real municipality or province with invented numbers. */
export interface Place {
  readonly id: string;
  readonly name: string;
  readonly postcode: string;
  readonly centre: Position;
  /** By name: postcode, longitude, latitude. */
  readonly villages: Readonly<Record<string, readonly [string, number, number]>>;
}

/** Address of the proeftuin in the tenants' files; `prepare` writes the real one into its copy. */
export const usualUrl = 'http://127.0.0.1:8070';

/** Folder of the proeftuin's own files, in the source tree. */
export const proeftuinFolder = join(packageRoot, 'infra', 'proeftuin');

/** The 35 demo tenants, in the order of their file. */
export const places = parse(
  readFileSync(join(proeftuinFolder, 'places.yaml'), 'utf8'),
) as readonly Place[];

/** Invented: the IRI has the form of the real ones, its hash is that of a sentence of ours. */
export const bestuurseenheidOf = ({ id }: Place): string => {
  const hash = createHash('sha256').update(`proeftuin bestuurseenheid ${id}`).digest('hex');
  return `http://data.lblod.info/id/bestuurseenheden/${hash}`;
};

/** Invented: from a range that the KBO has not given out (0990), with right check digits (97 - first eight mod 97). */
export const kboOf = (place: Place): string => {
  const first = 9_900_001 + places.indexOf(place);
  return `0${first}${String(97 - (first % 97)).padStart(2, '0')}`;
};
