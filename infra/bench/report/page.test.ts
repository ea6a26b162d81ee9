import { describe, expect, it } from '@jest/globals';
import { pageOf, type Result } from './page.js';

const machine = {
  processor: 'A processor',
  cores: 2,
  memoryGb: 8,
  kernel: '6.1',
  node: '20.20.2',
  postgres: '15.18',
  rabbitmq: '3.10.8',
};

const resultOf = (name: string, met: boolean, measured: Result['measured'] = {}): Result => ({
  name,
  met,
  at: '2026-11-22T12:00:00.000Z',
  seconds: 60,
  machine,
  lines: [`${name} did this`],
  measured,
});

const growth = resultOf('growth', true, {
  gateway: 0.5,
  delivery: 1,
  monitoring: 0.25,
  PostgreSQL: 1,
  RabbitMQ: 0.25,
  bytesPerMessage: 5_000,
});

describe('the page of what it carries', () => {
  it('says of each bench what it printed, in the order of the page, and what machine it was', () => {
    const page = pageOf([growth, resultOf('accept', true)]);
    expect(page.indexOf('accept did this')).toBeLessThan(page.indexOf('growth did this'));
    expect(page).toContain('- A processor, 2 cores, 8 GB; Linux 6.1, Node 20.20.2');
    expect(page).toContain('Every bar is met.');
  });

  it('says plainly where a bar is not met', () => {
    const page = pageOf([resultOf('accept', true), resultOf('peers', false)]);
    expect(page).toContain('The bars of these are **not met**: `peers`.');
    expect(page.match(/\*\*Its bar is not met\.\*\*/g)).toHaveLength(1);
  });

  it('says that seconds show nothing', () => {
    expect(pageOf([{ ...growth, seconds: 6 }])).toContain('less than 30 seconds');
    expect(pageOf([growth])).not.toContain('less than 30 seconds');
  });

  it('reckons what all of Flanders needs from what was measured, and nothing where nothing was', () => {
    // 6.8 million × 10 messages ÷ 7.2 million seconds × 5 = 47.2 a second; × 3 ms ÷ half busy.
    expect(pageOf([growth])).toMatch(/47 messages per second[^]*Together \*\*0\.3 cores\*\*/);
    // 68 million a year ÷ 365 × 400 days × 5,000 bytes.
    expect(pageOf([growth])).toContain('**373 GB**');
    expect(pageOf([])).toContain('nothing to reckon with');
  });
});
