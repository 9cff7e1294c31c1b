export { specify, type Then, type When } from './given-when-then.js';
