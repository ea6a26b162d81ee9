import { describe, expect, it } from '@jest/globals';
import type { Place } from './geometry.js';
import { placeOf } from './geometry.js';

const crs = (code: string): string => `<http://www.opengis.net/def/crs/EPSG/0/${code}>`;

/** Metres between two places nearby. */
const metresBetween = (a: Place | null, b: Place): number => {
  if (!a) return Infinity;
  const north = (a.latitude - b.latitude) * 111_200;
  const east = (a.longitude - b.longitude) * 111_200 * Math.cos((b.latitude * Math.PI) / 180);
  return Math.hypot(north, east);
};

describe('a place', () => {
  it('is the point itself in WGS 84', () => {
    expect(placeOf('POINT (3.4469 51.0901)')).toEqual({ longitude: 3.4469, latitude: 51.0901 });
  });

  it('is the middle of the corners of an area, and of a line', () => {
    expect(placeOf('POLYGON ((3 51, 4 51, 4 52, 3 52, 3 51))')).toEqual({
      longitude: 3.5,
      latitude: 51.5,
    });
    expect(placeOf('LINESTRING (3 51, 4 52)')).toEqual({ longitude: 3.5, latitude: 51.5 });
  });

  // EPSG 3812: the false origin lies at the projection centre.
  it('is converted from Lambert 2008', () => {
    const centre = { longitude: 4.359215833, latitude: 50.797815 };
    expect(metresBetween(placeOf(`${crs('3812')} POINT (649328 665262)`), centre)).toBeLessThan(
      0.1,
    );
  });

  // The grids are turned against each other by 23 arc seconds: 15 m at the borders. A wrong sign in the datum gives more than 60 m.
  it.each([
    [150_000, 200_000],
    [25_000, 200_000],
    [250_000, 210_000],
  ])(
    'from Lambert 72 is that of Lambert 2008, which was laid 500 km further in both directions, at %i %i',
    (x, y) => {
      const from2008 = placeOf(`${crs('3812')} POINT (${x + 500_000} ${y + 500_000})`);
      const from72 = placeOf(`${crs('31370')} POINT (${x} ${y})`);
      expect(metresBetween(from72, from2008 ?? { longitude: 0, latitude: 0 })).toBeLessThan(20);
    },
  );

  it.each(['', 'POINT (1 2 3)', 'CIRCLE (1 2)', `${crs('4326')} POINT (1 2)`])(
    'is none in %p',
    (wkt) => {
      expect(placeOf(wkt)).toBeNull();
    },
  );
});
