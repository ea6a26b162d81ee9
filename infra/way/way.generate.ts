import { drawWay } from './draw.js';

/** The picture on the front page. */
export default (): Promise<Record<string, string>> =>
  Promise.resolve({ 'docs/way.svg': drawWay() });
