import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { validate } from '#oslo/catalogue.js';
import { isInsz, isKbo, isVCode } from '#oslo/numbers.js';
import { photosIn, readMeldingen, tenantOf, withPhotos, type DemoEvent } from './meldingen.js';
import { bestuurseenheidOf, kboOf, places, proeftuinFolder } from './places.js';

const uploaded = 'urn:lb-bus:attachment:0190a0b0-0000-7000-8000-000000000001';
const meldingen = readMeldingen();
const sent = meldingen.map((event) => withPhotos(event, () => uploaded));
const words = meldingen.map((event) => JSON.stringify(event.data)).join('\n');

const wktsOf = ({ data }: DemoEvent): string[] =>
  JSON.stringify(data).match(/(?:<[^>]+> )?(?:POINT|LINESTRING|POLYGON) \([^"]*\)/g) ?? [];

const numbersIn = (wkt: string): [number, number] => {
  const [, x, y] = /\(\(?([\d.]+) ([\d.]+)/.exec(wkt) ?? [];
  return [Number(x), Number(y)];
};

/** Rough on purpose and without a projection library: Lambert 72 has its origin near 4.367 E, and 165,373 m north at 50.8 N. */
const degreesOf = (wkt: string): [number, number] => {
  const [x, y] = numbersIn(wkt);
  if (!wkt.includes('/31370>')) return [x, y];
  const north = 50.7978 + (y - 165_372.9) / 111_250;
  return [4.3675 + (x - 150_000) / (111_320 * Math.cos((north * Math.PI) / 180)), north];
};

const kilometresApart = (one: readonly number[], other: readonly number[]): number => {
  const [east = 0, north = 0] = one;
  const [otherEast = 0, otherNorth = 0] = other;
  return Math.hypot((east - otherEast) * 70.2, (north - otherNorth) * 111.2);
};

it('holds 300 meldingen, each with an id of its own, spread over all 35 tenants', () => {
  expect(meldingen).toHaveLength(300);
  expect(new Set(meldingen.map(({ source, id }) => `${source} ${id}`)).size).toBe(300);
  const counts = places.map(({ id }) => meldingen.filter((event) => tenantOf(event) === id).length);
  expect(counts).toHaveLength(35);
  expect(Math.min(...counts)).toBeGreaterThanOrEqual(8);
});

it('holds only meldingen that the schema accepts', () => {
  const refused = sent
    .map((event) => ({ subject: event.subject, violations: validate(event.type, event.data) }))
    .filter(({ violations }) => violations.length > 0);
  expect(refused).toEqual([]);
});

it('would be refused without the upload of its photos', () => {
  const withPhoto = meldingen.filter((event) => photosIn(event).length > 0);
  expect(withPhoto.length).toBeGreaterThan(100);
  expect(validate(withPhoto[0]!.type, withPhoto[0]!.data)).not.toEqual([]);
});

it('tells 300 different things, short and long, in the scripts and languages of the region', () => {
  const texts = meldingen.map(({ data }) => JSON.stringify(data.heeftBody[0]));
  expect(new Set(texts).size).toBe(300);
  expect(Math.min(...texts.map(({ length }) => length))).toBeLessThan(100);
  expect(Math.max(...texts.map(({ length }) => length))).toBeGreaterThan(1500);
  for (const some of ["'s-Gravenwezel", "Sint-Job-in-'t-Goor", '"fr"', '"en"', '"ar"', '"el"'])
    expect(words).toContain(some);
  expect(words).toMatch(/\p{Emoji_Presentation}/u);
  expect(words).toMatch(/\p{Script=Arabic}/u);
  expect(words).toMatch(/\p{Script=Greek}/u);
});

it('lies inside or beside the municipality, in WGS 84 and in Lambert 72', () => {
  const distances = meldingen.flatMap((event) => {
    const place = places.find(({ id }) => id === tenantOf(event))!;
    const villages = Object.values(place.villages).map(([, east, north]) => [east, north]);
    return wktsOf(event).map((wkt) =>
      Math.min(...[place.centre, ...villages].map((at) => kilometresApart(degreesOf(wkt), at))),
    );
  });
  expect(distances.length).toBeGreaterThan(200);
  expect(Math.max(...distances)).toBeLessThan(1.5);
  expect(words.split('EPSG/0/31370').length - 1).toBeGreaterThan(20);
  expect(words).toContain('LINESTRING');
  expect(words).toContain('POLYGON');
});

it('shows photos that are real JPEG and PNG files', () => {
  for (const photo of new Set(meldingen.flatMap(photosIn))) {
    const start = readFileSync(join(proeftuinFolder, 'photos', photo)).subarray(0, 4);
    expect([photo, start.toString('hex')]).toEqual([
      photo,
      photo.endsWith('.png') ? '89504e47' : 'ffd8ffe0',
    ]);
  }
});

it('names no real person, number or administration', () => {
  const addresses = words.match(/[\w.+-]+@[\w.-]+/g) ?? [];
  expect(addresses.length).toBeGreaterThan(50);
  expect(addresses.filter((address) => !address.endsWith('@example.org'))).toEqual([]);
  for (const place of places) {
    const kbo = kboOf(place);
    expect(kbo).toMatch(/^0990\d{6}$/);
    expect(Number(kbo.slice(0, 8)) % 97).toBe(97 - Number(kbo.slice(8)));
    expect(bestuurseenheidOf(place)).toMatch(
      /^http:\/\/data\.lblod\.info\/id\/bestuurseenheden\/[0-9a-f]{64}$/,
    );
  }
});

it('names every sender by an invented number, so that each sees what becomes of it', () => {
  const numbers = meldingen.map(({ data }) => {
    const text = JSON.stringify(data['indiener']);
    return /"identificator":"([^"]+)"/.exec(text)?.[1] ?? '';
  });
  expect(numbers.filter((one) => !isInsz(one) && !isKbo(one) && !isVCode(one))).toEqual([]);
  const persons = numbers.filter(isInsz);
  expect(persons.filter((insz) => Number(insz.slice(2, 4)) <= 60)).toEqual([]);
  expect(numbers.filter((one) => isKbo(one) && !isInsz(one) && !one.startsWith('099'))).toEqual([]);
  expect(new Set(numbers).size).toBe(300);
});

it('has anonymous senders, organisations, and meldingen of several bodies', () => {
  const anonymous = meldingen.filter(
    ({ data }) =>
      !/voornaam|volledigeNaam|voorkeursnaam.{0,80}heeftBody/.test(
        JSON.stringify({ ...data, behandelaar: null }),
      ),
  );
  expect(anonymous.length).toBeGreaterThan(20);
  expect(words).toContain('"FeitelijkeVereniging"');
  expect(meldingen.filter(({ data }) => data.heeftBody.length > 1).length).toBeGreaterThan(20);
});
