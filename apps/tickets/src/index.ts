export { createTicketsService, ticketsOpenApi, type TicketsService } from './tickets-service.js';
export { ticketsEnvironment, type TicketsEnvironment } from './environment.js';
export { ticketsCatalogue } from './catalogue.js';
