import proj4 from 'proj4';
import type { Place, Position } from './places.js';

const lambert72 =
  '+proj=lcc +lat_0=90 +lon_0=4.36748666666667 +lat_1=51.1666672333333 +lat_2=49.8333339 +x_0=150000.013 +y_0=5400088.438 +ellps=intl +towgs84=-106.8686,52.2978,-103.7239,0.3366,-0.457,1.8422,-1.2747 +units=m +no_defs';
const crs = 'http://www.opengis.net/def/crs';

/** How a sender's application writes coordinates. */
export type Notation = 'wgs84' | 'crs84' | 'lambert72';

/** What is drawn: a point, a stretch of road, an area. */
export type Shape = 'punt' | 'lijn' | 'vlak';

/** Where a melding is: read from "street number, village". */
export interface Whereabouts {
  readonly street: string;
  readonly houseNumber: string | null;
  readonly municipality: string;
  readonly postcode: string;
  readonly near: Position;
}

const villageOf = (place: Place, name: string): readonly [string, number, number] => {
  const known = place.villages[name];
  if (!known) throw new Error(`${place.id} has no village ${name}`);
  return known;
};

/** Reads "Lostraat 12, Bellem"; throws where the tenant has no such village. */
export const whereabouts = (text: string, place: Place): Whereabouts => {
  const [line = '', village] = text.split(', ');
  const [, street = line, houseNumber = null] = /^(.*) (\d+)$/.exec(line) ?? [];
  if (village === undefined) {
    const municipality = place.name.replace(/^(Gemeente|Stad|Provincie) /, '');
    return { street, houseNumber, municipality, postcode: place.postcode, near: place.centre };
  }
  const [postcode, ...near] = villageOf(place, village);
  return { street, houseNumber, municipality: village, postcode, near };
};

const written = (position: Position, notation: Notation): string =>
  notation === 'lambert72'
    ? proj4('WGS84', lambert72, [...position])
        .map((metres) => metres.toFixed(1))
        .join(' ')
    : position.map((degrees) => degrees.toFixed(5)).join(' ');

const prefix: Readonly<Record<Notation, string>> = {
  wgs84: '',
  crs84: `<${crs}/OGC/1.3/CRS84> `,
  lambert72: `<${crs}/EPSG/0/31370> `,
};

const corners: Readonly<Record<Shape, readonly Position[]>> = {
  punt: [[0, 0]],
  lijn: [
    [0, 0],
    [0.0009, 0.0003],
    [0.0019, 0.0004],
  ],
  vlak: [
    [0, 0],
    [0.0012, 0.0002],
    [0.001, 0.0009],
    [-0.0002, 0.0007],
    [0, 0],
  ],
};

/** WKT of a point, stretch or area that begins at `position`. */
export const wktOf = (position: Position, shape: Shape, notation: Notation): string => {
  const points = corners[shape].map(([east, north]) =>
    written([position[0] + east, position[1] + north], notation),
  );
  const words = { punt: 'POINT (%)', lijn: 'LINESTRING (%)', vlak: 'POLYGON ((%))' }[shape];
  return prefix[notation] + words.replace('%', points.join(', '));
};
