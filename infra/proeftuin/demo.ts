import { citizensAt } from './citizens.js';
import { differencesOf } from './differences.js';
import { curlOf, smallMelding, tableOf, traceOf } from './demo-words.js';
import { foldersIn } from './folders.js';
import { photosIn, readMeldingen, tenantOf, type DemoEvent } from './meldingen.js';
import type { Meldpunt } from './meldpunt.js';
import { keyOf, meldpuntenOf, type Deployment } from './meldpunten.js';
import { uploadPhotos, withUploads } from './photo-uploads.js';
import { usualUrl } from './places.js';
import { createProgress } from './progress.js';
import { ask, curlOfQuestion, questionsOfNow, whoIn } from './questions.js';
import { busIdFor, follow, sendAll, type Scene, type Told } from './story.js';
import { contactCentresAt } from './dynamics-people.js';
import { serviceDesksAt, type Incident } from './topdesk-people.js';

const newAtASecondStart = 5;
const mostDifferences = 20;

const deployment: Deployment = {
  gateway: process.env['LBBUS_PUBLIC_URL'] ?? 'http://127.0.0.1:8080',
  proeftuin: process.env['LBBUS_PROEFTUIN_URL'] ?? usualUrl,
  stateFolder: process.env['LBBUS_STATE_DIR'] ?? '.lb-bus/run',
};

/** The same words under an id that never was: a melding of now. */
const anew = (event: DemoEvent, mark: string): DemoEvent => {
  const subject = `${event.subject}-${mark}`;
  const time = new Date().toISOString();
  const identificator = [{ '@type': 'Identificator', identificator: `${event.id}-${mark}` }];
  const data = { ...event.data, '@id': subject, identificator };
  return { ...event, id: `${event.id}-${mark}`, subject, time, data };
};

/** By tenant and id: the status of each melding that the bus knows from an earlier start. */
const alreadySent = async (
  meldpunten: ReadonlyMap<string, Meldpunt>,
): Promise<ReadonlyMap<string, string>> => {
  const lists = await Promise.all(
    [...meldpunten].map(async ([tenant, meldpunt]) =>
      [...(await meldpunt.sent())].map(([id, status]) => [`${tenant}|${id}`, status] as const),
    ),
  );
  return new Map(lists.flat());
};

const say = (words = ''): void => {
  process.stdout.write(`${words}\n`);
};

const tellTrace = async (told: readonly Told[], scene: Scene): Promise<void> => {
  const chosen = told.find(({ event }) => photosIn(event).length > 0) ?? told[0];
  if (!chosen) return;
  const meldpunt = scene.meldpunten.get(chosen.tenant);
  const views = await Promise.all(
    chosen.statuses.map(async ({ busid }) => (await meldpunt?.status(busid)) ?? null),
  );
  say(`\nThe way of one melding, of ${chosen.tenant}\n`);
  say(traceOf(chosen, views));
};

const tellTryIt = (events: readonly DemoEvent[], mark: string): void => {
  const [first] = events;
  if (!first) return;
  const event = smallMelding(first, `curl-${mark}`);
  const key = keyOf(deployment, tenantOf(first));
  say('\nSend one yourself, and ask what became of it\n');
  say(curlOf({ gateway: deployment.gateway, key }, event, busIdFor(event)));
  say('\nAsk MAGDA and the Verenigingsregister yourself who somebody is\n');
  say(
    questionsOfNow()
      .map((question) => curlOfQuestion(deployment, question))
      .join('\n\n'),
  );
};

/** Asks who somebody is; answers what went wrong. */
const tellAnswers = async (): Promise<string[]> => {
  say('\nQuestions of an application for civil affairs, of aalter\n');
  const wrong: string[] = [];
  for (const question of questionsOfNow()) {
    const begun = performance.now();
    const answer = await ask(deployment, question);
    const who = whoIn(answer);
    if (who === null) wrong.push(`${question.of} did not answer: ${JSON.stringify(answer.data)}`);
    const spentMs = Math.round(performance.now() - begun);
    say(`  ${question.of} answers in ${spentMs} ms: ${who ?? 'nothing'}`);
  }
  return wrong;
};

const run = async (): Promise<number> => {
  const progress = createProgress(process.stdout);
  const meldpunten = meldpuntenOf(deployment);
  const desks = serviceDesksAt(deployment.proeftuin, deployment.stateFolder);
  const centres = contactCentresAt(deployment.proeftuin, deployment.stateFolder);
  const citizens = citizensAt(deployment.proeftuin, deployment.stateFolder);
  const scene: Scene = { meldpunten, desks, centres, citizens, report: progress.report };
  const mark = Date.now().toString(36);
  const meldingen = readMeldingen();
  const known = await alreadySent(meldpunten);
  const statusOf = (event: DemoEvent) => known.get(`${tenantOf(event)}|${event.id}`);
  const repeats = meldingen.filter((event) => statusOf(event) !== undefined);
  const unsent = meldingen.filter((event) => statusOf(event) === undefined);
  const ended = repeats.filter((event) => statusOf(event) === 'delivered');
  const before = countByMessage(await desks.incidents());
  const fresh =
    unsent.length > 0
      ? unsent
      : meldingen.slice(0, newAtASecondStart).map((event) => anew(event, mark));
  const meldpuntFor = (tenant: string): Meldpunt => {
    const found = meldpunten.get(tenant);
    if (!found) throw new Error(`there is no tenant ${tenant}`);
    return found;
  };
  const { own } = foldersIn(deployment.stateFolder);
  const uploads = await uploadPhotos(meldingen, meldpuntFor, own, progress.report);
  const ready = (events: readonly DemoEvent[]): DemoEvent[] =>
    events.map((event) => withUploads(event, uploads));
  if (repeats.length > 0) {
    progress.line(
      `${repeats.length} meldingen of an earlier start are sent again, under their old ids`,
    );
    await sendAll(scene, ready(repeats), 'sent again');
  }
  await sendAll(scene, ready(fresh), 'sent');
  const followed = await follow(scene, ready(fresh));
  const told = followed.map((one, index) => ({ ...one, event: fresh[index] ?? one.event }));
  progress.end();
  say(`\nWhat became of ${told.length} meldingen\n`);
  say(tableOf(told));
  await tellTrace(told, scene);
  const doubled = doubledBySendingAgain(ended, before, countByMessage(await desks.incidents()));
  const differences = [...told.flatMap(differencesOf), ...doubled, ...(await tellAnswers())];
  const code = conclude(differences, repeats.length, told.length);
  if (!process.argv.includes('--without-invitation')) tellTryIt(meldingen, mark);
  return code;
};

const countByMessage = (incidents: readonly Incident[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const { externalNumber } of incidents)
    counts.set(externalNumber, (counts.get(externalNumber) ?? 0) + 1);
  return counts;
};

/** What was delivered before brings no incident when it comes again, also where the simulator has forgotten the first. */
const doubledBySendingAgain = (
  delivered: readonly DemoEvent[],
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
): string[] =>
  delivered.flatMap((event) => {
    const more = (after.get(busIdFor(event)) ?? 0) - (before.get(busIdFor(event)) ?? 0);
    return more === 0 ? [] : [`${event.subject}: sent again, and ${more} incidents more`];
  });

const conclude = (differences: readonly string[], repeats: number, told: number): number => {
  if (differences.length > 0) {
    say(`\n${differences.length} differences from what the bus promises:`);
    for (const difference of differences.slice(0, mostDifferences)) say(`  ${difference}`);
    if (differences.length > mostDifferences)
      say(`  and ${differences.length - mostDifferences} more`);
    return 1;
  }
  const again = repeats > 0 ? ` ${repeats} sent again changed nothing.` : '';
  say(
    `\n${told} meldingen: each delivered once to both systems, solved in both, every status fetched in order, and shown in order to whoever sent it.${again}`,
  );
  return 0;
};

try {
  process.exitCode = await run();
} catch (error) {
  say(`\nThe demo stopped: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
