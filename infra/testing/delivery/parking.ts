import { until } from '../until.js';
import { openDesk, type Desk, type Told } from './desk.js';
import { World } from './world.js';

interface Melding {
  readonly subject: string;
  readonly titel?: string;
}

/** A melding that the connector refuses before it asks the system. */
export const untranslatable = (subject: string): Melding => ({ subject, titel: 'onvertaalbaar' });

export const subjectOf = (name: string): string =>
  `https://meldingen.aalter.example/id/melding/${name}`;

export const idOf = ({ json }: Told): string => String(json['id']);

/** A delivery process, and operators who look at what it parks. */
export class Parking {
  readonly world: World;
  readonly desk: Desk;

  private constructor(world: World, desk: Desk) {
    this.world = world;
    this.desk = desk;
  }

  static async open(): Promise<Parking> {
    const world = await World.create();
    const [desk] = await Promise.all([openDesk(world), world.start()]);
    return new Parking(world, desk);
  }

  /** Sends them, and waits until `all` are parked. */
  async park(meldingen: readonly Melding[], all = meldingen.length): Promise<string[]> {
    const sent: string[] = [];
    for (const melding of meldingen) sent.push(await this.world.send(melding));
    await until(async () => (await this.parked()).length === all, { what: `${all} to be parked` });
    return sent;
  }

  /** What is parked, in the order of its places. */
  async parked(): Promise<string[]> {
    const rows = await this.world.rows<{ message: string }>(
      `select message from delivery.waiting where state = 'parked' order by id`,
    );
    return rows.map(({ message }) => message);
  }

  /** The archive answers so to whatever is sent; null: it works. */
  answer(status: number | null): void {
    this.world.archief.fault = ({ method }) => (method === 'POST' ? status : null);
  }

  /** An operator lets the archive stand still. */
  async hold(): Promise<void> {
    await this.world.rows(
      `insert into delivery.hold values ('aalter', 'archief', 'maintenance', 'Until Monday', 'an')`,
    );
  }

  delivered(): string[] {
    return this.world.archief.things.map(({ reference }) => reference);
  }

  /** What the API tells of an order once it has come so far. */
  reaches(path: string, state: string): Promise<Told['json']> {
    return until(
      async () => {
        const { json } = await this.desk.get(path);
        return json['state'] === state ? json : null;
      },
      { what: `${path} to be ${state}` },
    );
  }

  async close(): Promise<void> {
    await this.desk.close();
    await this.world.close();
  }
}
