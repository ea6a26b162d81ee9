import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { proeftuinFolder } from './places.js';

export type Season = 'lente' | 'zomer' | 'herfst' | 'winter';

/** One thing that a resident reports, as somebody wrote it in stories/*.yaml. */
export interface Story {
  /** `<meldingstype> · <where> · <titel>`. */
  readonly melding: string;
  readonly tekst: string;
  readonly ook?: readonly string[];
  readonly kort?: string;
  readonly foto?: string;
  readonly taal?: string;
  readonly door?: string;
  readonly vereniging?: string;
  readonly organisatie?: string;
  readonly anoniem?: boolean;
  readonly vorm?: 'lijn' | 'vlak';
  readonly zonder?: 'adres';
  readonly seizoen?: Season;
}

const folder = join(proeftuinFolder, 'stories');

/** All stories by tenant. */
export const readStories = (): ReadonlyMap<string, readonly Story[]> =>
  new Map(
    readdirSync(folder)
      .sort()
      .flatMap((file) =>
        Object.entries(
          parse(readFileSync(join(folder, file), 'utf8')) as Record<string, readonly Story[]>,
        ),
      ),
  );
