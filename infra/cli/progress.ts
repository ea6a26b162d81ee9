import cliProgress from 'cli-progress';
import { progressLine, type Order } from './order-words.js';

/** Shows how far an order is, again and again. */
export interface Progress {
  readonly show: (order: Order) => void;
  /** Something that is not about the order itself. */
  readonly say: (words: string) => void;
  readonly end: () => void;
}

const longestBar = 40;

const endedOf = ({ progress }: Order): number =>
  ['delivered', 'discarded', 'failed', 'skipped'].reduce(
    (sum, name) => sum + (progress[name] ?? 0),
    0,
  );

/** A line whenever something changed: for a log, a pipeline, or a reader of screens. */
const asLines = (print: (line: string) => void): Progress => {
  let told = '';
  const say = (line: string): void => {
    if (line !== told) print(line);
    told = line;
  };
  return { say, show: (order) => say(progressLine(order)), end: () => undefined };
};

/** One bar that moves, on a terminal. */
const asBar = (stream: NodeJS.WriteStream): Progress => {
  const bar = new cliProgress.SingleBar(
    {
      format: '{bar} {percentage}% {words}',
      stream,
      hideCursor: true,
      clearOnComplete: false,
      linewrap: false,
      barsize: Math.max(10, Math.min(longestBar, Math.floor(stream.columns / 3))),
    },
    cliProgress.Presets.shades_classic,
  );
  let begun = false;
  let value = 0;
  return {
    show: (order) => {
      const words = { words: progressLine(order) };
      value = endedOf(order);
      if (begun) bar.update(value, words);
      else bar.start(order.progress['messages'] ?? 0, value, words);
      begun = true;
    },
    say: (words) => {
      if (begun) bar.update(value, { words });
      else stream.write(`${words}\n`);
    },
    end: () => {
      if (begun) bar.stop();
      begun = false;
    },
  };
};

/** A bar where somebody looks at a terminal that can draw one, else lines. */
export const openProgress = (stream: NodeJS.WriteStream): Progress =>
  stream.isTTY && process.env['TERM'] !== 'dumb'
    ? asBar(stream)
    : asLines((line) => void stream.write(`${line}\n`));
