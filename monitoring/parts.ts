import type { AttachmentStore } from '#attachments/store.js';
import type { Database } from '#runtime/database.js';
import type { Log } from '#runtime/log.js';
import type { MonitoringMetrics } from '#runtime/metrics.js';
import type { Directory } from '#tenants/directory.js';
import type { Collector } from './collect/collector.js';
import type { HealthWatch } from './health/watch.js';
import type { Maps } from './map/maps.js';
import type { SignIn } from './people/sign-in.js';
import type { LiveHub } from './live/hub.js';
import type { PersonByToken } from './people/tokens.js';
import type { Configuring } from './tenants/configuring.js';
import type { UsageSettings } from './usage/settings.js';

/** The console as browsers know it. */
export interface Window {
  /** Whether it is reached over TLS: its cookies are then sent over nothing else. */
  readonly secure: boolean;
  /** Without a slash at the end. */
  readonly address: () => string;
}

/** What the controllers work with. */
export interface Parts {
  readonly database: Database;
  readonly directory: () => Directory;
  readonly attachments: Pick<AttachmentStore, 'describe'>;
  readonly collector: Pick<Collector, 'collect'>;
  /** Null where no operators are configured. */
  readonly operators: PersonByToken | null;
  /** Sign-in at the identity provider; null where none is configured. */
  readonly signIn: SignIn | null;
  /** How browsers know the console. */
  readonly window: Window;
  /** How the lines are. */
  readonly health: Omit<HealthWatch, 'stop'>;
  readonly maps: Maps;
  /** Tells those who look what may have changed. */
  readonly live: LiveHub;
  readonly sandbox: boolean;
  /** Address of the gateway: the contexts that receivers read lie under it. */
  readonly publicUrl: string;
  readonly usage: UsageSettings;
  /** How tenants are changed. */
  readonly configuring: Configuring;
  readonly metrics: Pick<MonitoringMetrics, 'signInFailures'>;
  readonly log: Log;
}

/** Token of `Parts` for Nest. */
export const PARTS = Symbol('parts of monitoring');
