import { expect, it } from '@jest/globals';
import { isDateTime, isEmail, isIri } from './formats.js';
import { parseWkt } from './wkt.js';

it.each([
  '2026-01-05T08:12:00Z',
  '2024-02-29T23:59:59.999999999+14:00',
  '2000-02-29T00:00:00-05:30',
])('%s is a moment', (text) => {
  expect(isDateTime(text)).toBe(true);
});

it.each([
  '2026-02-29T00:00:00Z',
  '1900-02-29T00:00:00Z',
  '2026-04-31T00:00:00Z',
  '2026-13-01T00:00:00Z',
  '2026-00-10T00:00:00Z',
  '2026-01-00T00:00:00Z',
  '0000-01-01T00:00:00Z',
  '2026-01-05T24:00:00Z',
  '2026-01-05T08:60:00Z',
  '2026-01-05T08:12:60Z',
  '2026-01-05t08:12:00Z',
  '2026-01-05T08:12:00z',
  '2026-01-05 08:12:00Z',
  '2026-01-05T08:12:00',
  '2026-01-05T08:12Z',
  '2026-01-05',
  '2026-01-05T08:12:00+14:01',
  '2026-01-05T08:12:00+01:60',
  '2026-01-05T08:12:00Z\n',
  '',
])('%j is no moment', (text) => {
  expect(isDateTime(text)).toBe(false);
});

it.each([
  'https://data.vlaanderen.be/id/adres/60',
  'urn:uuid:6f1c2f0e-6a1a-4f0e-9f57-1b7f4b2f9a10',
  'https://straten.example/Éénhoorn?q=%C3%A9#deel',
  'mailto:an@example.org',
])('%s is an absolute IRI', (text) => {
  expect(isIri(text)).toBe(true);
});

it.each([
  'adres/60',
  '/adres/60',
  '_:b0',
  'https://',
  'https:/een-streep.example',
  'http:///pad',
  'urn:',
  'https://a.example/een spatie',
  'https://a.example/%zz',
  'https://a.example/<x>',
  'https://a.example/\u0000',
  'https://a.example/\ud83d',
  'https://a.example/\n',
])('%j is no absolute IRI', (text) => {
  expect(isIri(text)).toBe(false);
});

it('an e-mail address has text on both sides of one @', () => {
  expect(['an@example.org', 'zoë@bücher.example'].every(isEmail)).toBe(true);
  expect(['an', '@b', 'a@', 'a@b@c', 'a b@c', 'a@b\n', 'a@\u0000'].some(isEmail)).toBe(false);
});

it.each([
  ['POINT (3.4469 51.0901)', 'CRS84', [3.4469, 51.0901]],
  ['point(-1e1 +2.5)', 'CRS84', [-10, 2.5]],
  ['<http://www.opengis.net/def/crs/OGC/1.3/CRS84> POINT (3 51)', 'CRS84', [3, 51]],
  [
    '<https://www.opengis.net/def/crs/EPSG/0/31370>POINT (104000.5 194000)',
    'EPSG:31370',
    [104000.5, 194000],
  ],
  [
    '<http://www.opengis.net/def/crs/EPSG/0/3812> POINT ( 604000 694000 ) ',
    'EPSG:3812',
    [604000, 694000],
  ],
])('%s is a point', (text, crs, coordinates) => {
  expect(parseWkt(text)).toEqual({ crs, type: 'POINT', coordinates });
});

it('reads lines and polygons with holes', () => {
  expect(parseWkt('LINESTRING (3 51, 4 52)')).toMatchObject({
    type: 'LINESTRING',
    coordinates: [
      [3, 51],
      [4, 52],
    ],
  });
  const hole = parseWkt('POLYGON ((0 0, 9 0, 9 9, 0 0), (1 1, 2 1, 2 2, 1 1))');
  expect(hole).toMatchObject({ type: 'POLYGON' });
  expect(hole?.coordinates).toHaveLength(2);
});

it.each([
  '',
  'POINT',
  'POINT ()',
  'POINT EMPTY',
  'POINT (3)',
  'POINT (3 51 12)',
  'POINT (3,51)',
  'POINT (3 51, 4 52)',
  'POINT (3 51',
  'POINT (3 51))',
  'POINT ((3 51))',
  'POINT (NaN 51)',
  'POINT (Infinity 51)',
  'POINT (1e400 51)',
  'POINT (0x1 51)',
  'POINT (181 51)',
  'POINT (3 90.1)',
  'POINT (104000 194000)',
  'POINT Z (3 51 1)',
  'SRID=31370;POINT (104000 194000)',
  'LINESTRING (3 51)',
  'POLYGON (3 51, 4 51, 4 52, 3 51)',
  'POLYGON ((3 51, 4 51, 3 51))',
  'POLYGON ((3 51, 4 51, 4 52, 3 52))',
  'MULTIPOINT ((3 51))',
  'GEOMETRYCOLLECTION (POINT (3 51))',
  '<http://www.opengis.net/def/crs/EPSG/0/4326> POINT (51 3)',
  '<http://kwaad.example/def/crs/EPSG/0/31370> POINT (1 1)',
  'http://www.opengis.net/def/crs/EPSG/0/31370 POINT (1 1)',
])('%j is no geometry that the bus knows', (text) => {
  expect(parseWkt(text)).toBeNull();
});
