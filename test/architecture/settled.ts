/**
 * The one switch between building up and standing: true makes `npm run check` refuse unused files, exports and
 * packages (knip.config.ts), and the tests here ask for a test per refusal code and a README per module.
 */
export const SETTLED = true;
