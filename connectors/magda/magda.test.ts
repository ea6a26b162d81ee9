import { contractSuite } from '#kit/contract/suite.js';
import { magda } from './magda.connector.js';

contractSuite(magda, import.meta.url, {
  changes: { personChanged: ['changePerson', 'changePerson'] },
  abroad: ['personChanged'],
});
