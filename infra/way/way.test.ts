import { expect, it } from '@jest/globals';
import { checks } from '#intake/checks.js';
import { attemptStages } from '#delivery/attempt.js';
import { drawWay } from './draw.js';
import { wayAsText } from './print.js';

const stagesThatRun = [...checks, ...attemptStages].map(({ name }) => name);

it.each(stagesThatRun)(
  'shows "%s", which the code runs, in the text and in the picture',
  (name) => {
    expect(wayAsText()).toContain(name);
    expect(drawWay()).toContain(`>${name}<`);
  },
);

it('shows the queues with what they are declared with', () => {
  expect(wayAsText()).toContain('t.<tenant>.<target>');
  expect(wayAsText()).toContain('x-single-active-consumer: true');
  expect(drawWay()).toContain('t.&lt;tenant&gt;.&lt;target&gt;');
});
