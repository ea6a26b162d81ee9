import proj4 from 'proj4';
import { parseWkt } from '#oslo/wkt.js';
import type { CoordinateSystem, Position, WktGeometry } from '#oslo/wkt.js';

/** A place in WGS 84, in degrees. */
export interface Place {
  readonly longitude: number;
  readonly latitude: number;
}

/** EPSG 31370 and 3812, as the EPSG registry defines them (seven parameters: position vector). */
const definitions: Readonly<Record<CoordinateSystem, string>> = {
  CRS84: 'WGS84',
  'EPSG:31370':
    '+proj=lcc +lat_0=90 +lon_0=4.36748666666667 +lat_1=51.1666672333333 +lat_2=49.8333339 +x_0=150000.013 ' +
    '+y_0=5400088.438 +ellps=intl +towgs84=-106.8686,52.2978,-103.7239,0.3366,-0.457,1.8422,-1.2747 +units=m',
  'EPSG:3812':
    '+proj=lcc +lat_0=50.797815 +lon_0=4.35921583333333 +lat_1=49.8333333333333 +lat_2=51.1666666666667 ' +
    '+x_0=649328 +y_0=665262 +ellps=GRS80 +towgs84=0,0,0,0,0,0,0 +units=m',
};

const positionsOf = (geometry: WktGeometry): readonly Position[] => {
  if (geometry.type === 'POINT') return [geometry.coordinates];
  if (geometry.type === 'LINESTRING') return geometry.coordinates;
  return (geometry.coordinates[0] ?? []).slice(1);
};

const middle = (numbers: readonly number[]): number =>
  numbers.reduce((sum, one) => sum + one, 0) / numbers.length;

/** Seven decimals: a centimetre. */
const rounded = (degrees: number): number => Math.round(degrees * 1e7) / 1e7;

/** One place that stands for a `wkt`: the point itself, the middle of the corners of a line or area; null where it is none. */
export const placeOf = (wkt: string): Place | null => {
  const geometry = parseWkt(wkt);
  if (!geometry) return null;
  const positions = positionsOf(geometry);
  const here: [number, number] = [
    middle(positions.map(([x]) => x)),
    middle(positions.map(([, y]) => y)),
  ];
  const [longitude, latitude] =
    geometry.crs === 'CRS84' ? here : proj4(definitions[geometry.crs], 'WGS84', here);
  return { longitude: rounded(longitude), latitude: rounded(latitude) };
};
