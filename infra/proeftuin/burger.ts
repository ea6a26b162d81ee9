import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { compileForm } from '#tenants/burgerprofiel/form.js';
import { mijnBurgerprofielAt, type Configuration, type Progress } from './mijn-burgerprofiel.js';
import { places, usualUrl } from './places.js';

const patienceMs = 30_000;
const askAgainMs = 500;

const say = (words: string): void => {
  process.stdout.write(`${words}\n`);
};

/** What a resident fills in: the first category that there is, at the centre of the municipality. */
const filledIn = ({ categories, schema }: Configuration, tenant: string): object => {
  const place = places.find(({ id }) => id === tenant);
  const [longitude, latitude] = place?.centre ?? [];
  const melding = {
    id: `mbp-${randomUUID()}`,
    submittedAt: new Date().toISOString(),
    category: categories[0]?.id,
    title: 'Put in de weg',
    description: 'Een diepe put, gemeld in Mijn Burgerprofiel.',
    language: 'nl',
    ...(place && { location: { longitude, latitude } }),
    // An invented number: the month is 60 higher.
    reporter: {
      insz: '85641501720',
      firstName: 'An',
      lastName: 'Voorbeeld',
      email: 'an.voorbeeld@example.org',
    },
  };
  const validate = compileForm(schema);
  if (!validate(melding))
    throw new Error(`not after the schema: ${JSON.stringify(validate.errors)}`);
  return melding;
};

const inWords = ({ status, melding }: Progress): string =>
  melding === undefined ? status : `${status}, ${melding.beschrijving}`;

const run = async (tenant: string): Promise<void> => {
  const burgerprofiel = mijnBurgerprofielAt({
    gateway: process.env['LBBUS_PUBLIC_URL'] ?? 'http://127.0.0.1:8080',
    proeftuin: process.env['LBBUS_PROEFTUIN_URL'] ?? usualUrl,
    stateFolder: process.env['LBBUS_STATE_DIR'] ?? '.lb-bus',
  });
  const configuration = await burgerprofiel.configuration(tenant);
  const names = configuration.categories.map(({ name }) => name);
  say(`${tenant} takes meldingen about: ${names.join(', ')}`);
  const id = await burgerprofiel.submit(tenant, filledIn(configuration, tenant), ['put.png']);
  say(`submitted with a photo: ${id}`);
  const until = performance.now() + patienceMs;
  let told = '';
  while (performance.now() < until) {
    const words = inWords(await burgerprofiel.progress(tenant, id));
    if (words !== told) say(`  ${words}`);
    told = words;
    if (told.startsWith('delivered,')) return;
    await pause(askAgainMs);
  }
};

try {
  await run(process.argv[2] ?? 'aalter');
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
