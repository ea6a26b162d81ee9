import { contractSuite } from '#kit/contract/suite.js';
import { mijnBurgerprofiel } from './mijn-burgerprofiel.connector.js';

contractSuite(mijnBurgerprofiel, import.meta.url);
