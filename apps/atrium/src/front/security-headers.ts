import { secureUnder, type Secure } from '@atrium/http';

const SELF = "'self'";
const NOTHING = "'none'";

/**
 * For the console and the viewer of the API, which load and run nothing but their own files. antd writes style elements
 * into the page while it renders (by innerHTML, which is why trusted types are not asked for), so those may be inline; no
 * script may, and no style in an attribute of the markup. `connectTo`: other origins that the console talks to.
 */
export const securePage = (connectTo: readonly string[]): Secure => secureUnder({
  'default-src': [NOTHING],
  'script-src': [SELF],
  'style-src-elem': [SELF, "'unsafe-inline'"],
  'img-src': [SELF, 'data:'],
  'font-src': [SELF],
  'connect-src': [SELF, ...connectTo],
  'manifest-src': [SELF],
  'form-action': [SELF],
  'frame-ancestors': [NOTHING],
  'base-uri': [NOTHING],
});
