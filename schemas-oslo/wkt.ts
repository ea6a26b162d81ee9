/** Coordinate systems that a `wkt` may be in; without one it is WGS 84 in the order longitude latitude. */
export type CoordinateSystem = 'CRS84' | 'EPSG:31370' | 'EPSG:3812';

/** Position: x y, or longitude latitude. */
export type Position = readonly [number, number];

export type WktGeometry =
  | { readonly crs: CoordinateSystem; readonly type: 'POINT'; readonly coordinates: Position }
  | {
      readonly crs: CoordinateSystem;
      readonly type: 'LINESTRING';
      readonly coordinates: readonly Position[];
    }
  | {
      readonly crs: CoordinateSystem;
      readonly type: 'POLYGON';
      readonly coordinates: readonly (readonly Position[])[];
    };

const systems = new Map<string, CoordinateSystem>([
  ['OGC/1.3/CRS84', 'CRS84'],
  ['EPSG/0/31370', 'EPSG:31370'],
  ['EPSG/0/3812', 'EPSG:3812'],
]);

const prefix = /^<https?:\/\/www\.opengis\.net\/def\/crs\/([^<>\s]{1,40})>\s*/;
const shape = /^(POINT|LINESTRING|POLYGON)\s*\(([^]*)$/i;
const pair =
  /^\s*([+-]?\d{1,20}(?:\.\d{0,40})?(?:[eE][+-]?\d{1,3})?)\s+([+-]?\d{1,20}(?:\.\d{0,40})?(?:[eE][+-]?\d{1,3})?)\s*$/;

const positionsOf = (text: string, crs: CoordinateSystem): Position[] | null => {
  const positions: Position[] = [];
  for (const part of text.split(',')) {
    const [, x, y] = pair.exec(part) ?? [];
    const position = [Number(x), Number(y)] as const;
    if (!position.every(Number.isFinite)) return null;
    if (crs === 'CRS84' && (Math.abs(position[0]) > 180 || Math.abs(position[1]) > 90)) return null;
    positions.push(position);
  }
  return positions;
};

const isRing = (positions: readonly Position[]): boolean => {
  const [first, last] = [positions.at(0), positions.at(-1)];
  return positions.length >= 4 && first?.[0] === last?.[0] && first?.[1] === last?.[1];
};

const ringsOf = (text: string, crs: CoordinateSystem): Position[][] | null => {
  if (!/^\s*\(/.test(text) || !/\)\s*$/.test(text)) return null;
  const rings = text
    .slice(text.indexOf('(') + 1, text.lastIndexOf(')'))
    .split(/\)\s{0,9},\s{0,9}\(/)
    .map((ring) => positionsOf(ring, crs));
  return rings.every((ring) => ring !== null && isRing(ring)) ? (rings as Position[][]) : null;
};

const polygon = (inner: string, crs: CoordinateSystem): WktGeometry | null => {
  const coordinates = ringsOf(inner, crs);
  return coordinates && { crs, type: 'POLYGON', coordinates };
};

const lineString = (inner: string, crs: CoordinateSystem): WktGeometry | null => {
  const coordinates = positionsOf(inner, crs);
  return coordinates && coordinates.length > 1 ? { crs, type: 'LINESTRING', coordinates } : null;
};

const point = (inner: string, crs: CoordinateSystem): WktGeometry | null => {
  const [coordinates, second] = positionsOf(inner, crs) ?? [];
  return coordinates && !second ? { crs, type: 'POINT', coordinates } : null;
};

const readers = { POINT: point, LINESTRING: lineString, POLYGON: polygon } as const;

const systemOf = (wkt: string): { crs: CoordinateSystem | undefined; rest: string } => {
  const [whole = '', name] = prefix.exec(wkt) ?? [];
  return { crs: name === undefined ? 'CRS84' : systems.get(name), rest: wkt.slice(whole.length) };
};

/**
 * Reads a `wkt` of a Geometrie: POINT, LINESTRING or POLYGON in two finite coordinates, optionally in Lambert 72 or
 * 2008 (GeoSPARQL 1.1, wktLiteral). Returns null for anything else, among which WGS 84 outside the globe, a line of one
 * position and a ring that does not close.
 */
export const parseWkt = (wkt: string): WktGeometry | null => {
  const { crs, rest } = systemOf(wkt);
  const [, keyword, body] = shape.exec(rest) ?? [];
  const closed = body?.trimEnd();
  if (!crs || !keyword || !closed?.endsWith(')')) return null;
  return readers[keyword.toUpperCase() as keyof typeof readers](closed.slice(0, -1), crs);
};
