export { default } from '../../jest.unit.mjs';
