import { openDatabase, type Database } from '#runtime/database.js';
import { browseConsole, type ConsoleTest } from '../console.js';
import { log } from './ground.js';
import { Parking } from './parking.js';

/** The console before a bus that delivers: what is done on a page is carried out. */
export interface Counter {
  readonly parking: Parking;
  readonly database: Database;
  readonly browsing: ConsoleTest;
  readonly end: () => Promise<void>;
}

/** Starts a delivery process, monitoring and Chromium. */
export const openCounter = async (): Promise<Counter> => {
  const parking = await Parking.open();
  const database = openDatabase({ url: parking.world.config.databaseUrl, log });
  const browsing = await browseConsole({ address: parking.desk.url, database });
  return {
    parking,
    database,
    browsing,
    end: async () => {
      try {
        await browsing.end();
      } finally {
        await database.close();
        await parking.close();
      }
    },
  };
};
