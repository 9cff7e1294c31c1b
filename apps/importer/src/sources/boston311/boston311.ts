import { readCsv } from '../../files/csv-rows.js';
import { openTextFile } from '../../files/text-file.js';
import type { Source } from '../source.js';
import { columns, mapRequest } from './map-request.js';

export const boston311: Source = {
  name: 'boston311',
  description: 'City of Boston 311 service requests (Analyze Boston): a .csv, or a .zip that holds one',
  sample: 'boston311-sample.csv',
  read: async (file) => readCsv(await openTextFile(file), columns),
  map: mapRequest,
};
