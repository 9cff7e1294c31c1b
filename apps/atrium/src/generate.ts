// npm run generate: writes docs/openapi.json and docs/catalogue.md from the code. CI checks that they are fresh.
import fs from 'node:fs';
import { ticketsCatalogue, ticketsOpenApi } from '@atrium/tickets';
import { mergeOpenApi } from './front/documentation.js';
import { cataloguePage } from './generate/catalogue-page.js';

const tickets = await ticketsOpenApi();
fs.writeFileSync('docs/openapi.json', `${JSON.stringify(mergeOpenApi([{ name: 'tickets', openApi: () => tickets }]), null, 2)}\n`);
fs.writeFileSync('docs/catalogue.md', cataloguePage([ticketsCatalogue]));
