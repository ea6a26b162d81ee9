/** A process of the run. */
export interface Child {
  readonly pid: number;
  readonly hasEnded: () => boolean;
  /** How it ended, in words. */
  readonly ended: Promise<string>;
}

/** The processes of the bus that a run starts several of and makes suffer. */
export type ChaosRole = 'gateway' | 'delivery' | 'monitoring';

/** A file system of a fixed size under a folder, which can be filled. */
export interface Space {
  /** Leaves `leaveMb` free. */
  readonly fill: (leaveMb: number) => Promise<void>;
  readonly free: () => Promise<void>;
}

/** PostgreSQL of the run's own. */
export interface BreakableDatabase {
  readonly url: string;
  /** Waits until it answers; does nothing where it runs. */
  readonly start: () => Promise<void>;
  /** `kill -9`. */
  readonly kill: () => Promise<void>;
}

/** RabbitMQ nodes of the run's own; where there are several they are one cluster. Numbers count from 0. */
export interface BreakableBroker {
  readonly count: number;
  readonly login: { readonly user: string; readonly password: string };
  readonly ports: readonly { readonly amqp: number; readonly management: number }[];
  /** Waits until it answers; does nothing where it runs. */
  readonly start: (node: number) => Promise<void>;
  /** `kill -9`. */
  readonly kill: (node: number) => Promise<void>;
  /** Cuts it off from the other nodes, while clients still reach it. */
  readonly part: (node: number) => Promise<void>;
  readonly rejoin: (node: number) => Promise<void>;
  /** The broker believes that its disk is full. */
  readonly alarm: (node: number) => Promise<void>;
  readonly calm: (node: number) => Promise<void>;
}

/** How a process is to be started. */
export interface RoleStart {
  readonly role: ChaosRole;
  /** Of the replica: `gateway-1`. */
  readonly name: string;
  readonly port: number;
  readonly databaseUrl: string;
  readonly amqpUrl: string;
  /** Besides what every process gets. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** What a run stands on: servers, folders and processes, all its own. */
export interface Ground {
  readonly database: BreakableDatabase;
  readonly broker: BreakableBroker;
  /** Null where this machine does not let us mount. */
  readonly spaces: {
    readonly database: Space | null;
    readonly broker: Space | null;
    readonly attachments: Space | null;
  };
  /** Every log of every process and server lies in it. */
  readonly logFolder: string;
  /** For what the run leaves behind; ignored by git. */
  readonly reportFolder: string;
  /** For files of the run. */
  readonly folder: string;
  /** Keys that wrap those of the tenants. */
  readonly bodyKeyFile: string;
  readonly freePort: () => Promise<number>;
  readonly startRole: (start: RoleStart) => Promise<Child>;
  /** Where a started role says that it is ready: its ports; undefined until then. */
  readonly readiness: (
    name: string,
  ) => { readonly port?: number; readonly internalPort: number } | undefined;
  /** Runs the command line of the bus straight at database and broker, past every fault. */
  readonly lbBus: (...args: string[]) => Promise<string>;
}
