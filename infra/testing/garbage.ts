import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');

/** Before memory is measured: what is garbage is not held. */
export const collectGarbage = runInNewContext('gc') as () => void;
